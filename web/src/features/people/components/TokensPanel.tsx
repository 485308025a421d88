import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiTokenView, listApiTokensOptions, operation, revokeApiToken, type UserView } from '@/api';
import { useRights } from '@/features/session/public';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { Panel } from '@/ui/page/Panel';
import { Time } from '@/ui/time/Time';
import classes from './people.module.css';

/** The API tokens of a person, and how to end one. */
export function TokensPanel({ user }: { user: UserView }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const { may } = useRights();
  const [ending, setEnding] = useState<ApiTokenView | null>(null);
  const query = useQuery({ ...listApiTokensOptions({ query: { user: user.id } }), enabled: may('user:update') });
  const tokens = query.data?.data ?? [];
  if (!may('user:update')) return null;
  return (
    <Panel title={t('tokens.title')} lead={tokens.length === 0 ? t('tokens.none') : undefined}>
      <ul className={classes.rows}>
        {tokens.map((token) => (
          <li key={token.id}>
            <Group justify="space-between" wrap="nowrap">
              <div>
                <Text size="sm" fw={550}>
                  {token.name}
                </Text>
                <Text size="xs" c="dimmed">
                  {token.last_used_at ? (
                    <>
                      {t('tokens.used')} <Time at={token.last_used_at} />
                    </>
                  ) : (
                    t('tokens.unused')
                  )}
                  {' · '}
                  {t('tokens.expires')} <Time at={token.expires_at} />
                </Text>
              </div>
              <Button
                variant="default"
                aria-label={t('tokens.revokeNamed', { name: token.name })}
                onClick={() => setEnding(token)}
              >
                {t('tokens.revoke')}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={ending !== null}
        title={t('tokens.revokeTitle', { name: ending?.name ?? '' })}
        confirm={t('tokens.revoke')}
        isDangerous
        onConfirm={async () => {
          if (!ending) return;
          await revokeApiToken({ path: { id: ending.id } });
          await client.invalidateQueries({ queryKey: operation('listApiTokens') });
          notifications.show({ message: t('tokens.revoked', { name: ending.name }), color: 'teal' });
        }}
        onClose={() => setEnding(null)}
      >
        {t('tokens.revokeHelp')}
      </ConfirmDialog>
    </Panel>
  );
}
