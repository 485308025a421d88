import { Alert, Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  activateUser,
  deactivateUser,
  getUserQueryKey,
  operation,
  requestPasswordReset,
  resetUserMfa,
  type UserView,
  unlockUser,
} from '@/api';
import { useMe, useRights } from '@/features/session/public';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconDeactivate, IconLock, IconMail, IconReopen, IconUnlock } from '@/ui/icons';
import { Panel } from '@/ui/page/Panel';
import { Time } from '@/ui/time/Time';
import classes from './people.module.css';

/** How the account is used, and what can be done about it. */
export function AccountPanel({ user }: { user: UserView }) {
  const { t } = useTranslation(['people', 'common']);
  const client = useQueryClient();
  const { may } = useRights();
  const me = useMe();
  const [asked, setAsked] = useState<'deactivate' | 'mfa' | null>(null);
  const path = { id: user.id };
  const name = user.name;
  const account = user.sign_in;
  const isLocked = Boolean(account?.locked_until && Date.parse(account.locked_until) > Date.now());
  const isSelf = me.id === user.id;

  const done = async (message: string, answer?: UserView) => {
    if (answer) client.setQueryData(getUserQueryKey({ path }), answer);
    else await client.invalidateQueries({ queryKey: operation('getUser') });
    void client.invalidateQueries({ queryKey: operation('listUsers') });
    notifications.show({ message, color: 'teal' });
  };
  const act = (work: () => Promise<void>) => () => void work().catch(notifyProblem);
  const unlock = act(async () => done(t('users.unlocked', { name }), (await unlockUser({ path })).data));
  const activate = act(async () => done(t('users.activated', { name }), (await activateUser({ path })).data));
  const sendLink = act(async () => {
    await requestPasswordReset({ body: { email: user.email } });
    notifications.show({ message: t('users.linkSent', { email: user.email }), color: 'teal' });
  });

  return (
    <Panel title={t('users.account')}>
      {isLocked && account?.locked_until && (
        <Alert color="orange" icon={<IconLock aria-hidden size={18} />} mb="sm" title={t('users.locked')}>
          {t('users.lockedHelp')} <Time at={account.locked_until} />
        </Alert>
      )}
      <dl className={classes.facts}>
        <dt>{t('users.lastLogin')}</dt>
        <dd>{account?.last_login_at ? <Time at={account.last_login_at} /> : t('users.never')}</dd>
        <dt>{t('users.passwordSet')}</dt>
        <dd>{account?.password_changed_at ? <Time at={account.password_changed_at} /> : t('users.never')}</dd>
        <dt>{t('users.mfa')}</dt>
        <dd>{user.mfa_enabled ? t('users.mfaOn') : t('users.mfaOff')}</dd>
        <dt>{t('users.created')}</dt>
        <dd>
          <Time at={user.created_at} />
        </dd>
      </dl>
      <Group gap="xs" mt="md">
        {isLocked && may('user:update') && (
          <Button variant="default" leftSection={<IconUnlock aria-hidden size={15} />} onClick={unlock}>
            {t('users.unlock')}
          </Button>
        )}
        {user.is_active && (
          <Button variant="default" leftSection={<IconMail aria-hidden size={15} />} onClick={sendLink}>
            {t('users.sendLink')}
          </Button>
        )}
        {user.mfa_enabled && may('user:update') && (
          <Button variant="default" onClick={() => setAsked('mfa')}>
            {t('users.resetMfa')}
          </Button>
        )}
        {user.is_active && may('user:deactivate') && !isSelf && (
          <Button
            variant="default"
            leftSection={<IconDeactivate aria-hidden size={15} />}
            onClick={() => setAsked('deactivate')}
          >
            {t('users.deactivate')}
          </Button>
        )}
        {!user.is_active && may('user:deactivate') && (
          <Button leftSection={<IconReopen aria-hidden size={15} />} onClick={activate}>
            {t('users.activate')}
          </Button>
        )}
      </Group>
      <ConfirmDialog
        isOpen={asked === 'deactivate'}
        title={t('users.deactivateTitle', { name })}
        confirm={t('users.deactivate')}
        isDangerous
        onConfirm={async () => done(t('users.deactivated', { name }), (await deactivateUser({ path })).data)}
        onClose={() => setAsked(null)}
      >
        {t('users.deactivateHelp', { name })}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'mfa'}
        title={t('users.resetMfaTitle', { name })}
        confirm={t('users.resetMfa')}
        isDangerous
        onConfirm={async () => {
          await resetUserMfa({ path });
          await done(t('users.mfaReset', { name }));
        }}
        onClose={() => setAsked(null)}
      >
        {t('users.resetMfaHelp', { name })}
      </ConfirmDialog>
    </Panel>
  );
}
