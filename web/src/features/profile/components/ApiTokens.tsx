import { Anchor, Button, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiTokenView, listApiTokensOptions, type NewApiTokenView, operation, revokeApiToken } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { FormButtons } from '@/ui/form/FormButtons';
import { IconKey } from '@/ui/icons';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';
import { ApiTokenForm } from './ApiTokenForm';
import { Card } from './Card';
import { NewToken } from './NewToken';
import classes from './profile.module.css';

/** Tokens with which programs work in someone's name. */
export function ApiTokens() {
  const { t } = useTranslation('profile');
  const client = useQueryClient();
  const tokens = useQuery(listApiTokensOptions());
  const [isMaking, setIsMaking] = useState(false);
  const [made, setMade] = useState<NewApiTokenView | null>(null);
  const [revoking, setRevoking] = useState<ApiTokenView | null>(null);
  const again = () => client.invalidateQueries({ queryKey: operation('listApiTokens') });
  const close = () => {
    setIsMaking(false);
    setMade(null);
  };
  const create = (
    <Button size="sm" onClick={() => setIsMaking(true)}>
      {t('tokens.create')}
    </Button>
  );
  const lead = (
    <>
      {t('tokens.lead')}{' '}
      <Anchor href="/api/docs" underline="always">
        {t('tokens.docs')}
      </Anchor>
    </>
  );
  return (
    <Card title={t('section.tokens')} lead={lead} action={create}>
      {tokens.isPending && <SkeletonRows rows={2} height={40} />}
      {tokens.isError && <ErrorState error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {tokens.data?.data.length === 0 && (
        <PageState icon={IconKey} title={t('tokens.empty')} description={t('tokens.emptyHelp')} />
      )}
      <ul className={classes.rows}>
        {tokens.data?.data.map((token) => (
          <li key={token.id} className={classes.row}>
            <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              <Text fw={550} size="sm">
                {token.name} <code>{token.hint}…</code>
              </Text>
              <Text size="sm" c="dimmed">
                {t('tokens.chosen', { count: token.permissions.length })} · {t('tokens.ends')}{' '}
                <Time at={token.expires_at} isAhead /> ·{' '}
                {token.last_used_at ? (
                  <>
                    {t('tokens.lastUsed')} <Time at={token.last_used_at} />
                  </>
                ) : (
                  t('tokens.neverUsed')
                )}
              </Text>
            </div>
            <Button
              size="sm"
              variant="default"
              aria-label={t('tokens.revokeLabel', { name: token.name })}
              onClick={() => setRevoking(token)}
            >
              {t('tokens.revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <Modal
        opened={isMaking}
        onClose={close}
        size="lg"
        closeOnClickOutside={false}
        title={made ? t('tokens.made', { name: made.name }) : t('tokens.create')}
      >
        {isMaking && !made && (
          <ApiTokenForm
            onClose={close}
            onMade={(token) => {
              setMade(token);
              void again();
            }}
          />
        )}
        {made && <NewToken token={made} onDone={close} />}
      </Modal>
      <Revoke token={revoking} onClose={() => setRevoking(null)} onRevoked={again} />
    </Card>
  );
}

interface RevokeProps {
  token: ApiTokenView | null;
  onClose: () => void;
  onRevoked: () => Promise<void>;
}

function Revoke({ token, onClose, onRevoked }: RevokeProps) {
  const { t } = useTranslation('profile');
  const revoke = useMutation({
    mutationFn: (id: string) => revokeApiToken({ path: { id } }),
    onSuccess: () => {
      notifications.show({ message: t('tokens.revoked'), color: 'teal' });
      onClose();
      return onRevoked();
    },
    onError: notifyProblem,
  });
  return (
    <Modal opened={token !== null} onClose={onClose} title={t('tokens.revokeTitle', { name: token?.name ?? '' })}>
      {token && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            revoke.mutate(token.id);
          }}
        >
          <Text size="sm">{t('tokens.revokeHelp')}</Text>
          <FormButtons submit={t('tokens.revoke')} isSubmitting={revoke.isPending} onCancel={onClose} />
        </form>
      )}
    </Modal>
  );
}
