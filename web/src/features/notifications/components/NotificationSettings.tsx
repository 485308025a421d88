import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRights } from '@/features/session/public';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { usePreferencesEdit } from '../hooks/use-preferences-edit';
import { groupsOf } from '../model';
import { MutedTickets } from './MutedTickets';
import classes from './notifications.module.css';
import { QuietTimes } from './QuietTimes';
import { ReasonRow } from './ReasonRow';
import { WhatYouGet } from './WhatYouGet';

/** What someone is told, where and when; every change is kept at once. */
export function NotificationSettings({ isPortal }: { isPortal: boolean }) {
  const { t } = useTranslation('notifications');
  const { may, isKnown } = useRights();
  const { query, change } = usePreferencesEdit();
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data || !isKnown) return <SkeletonRows rows={8} />;
  const preferences = query.data;
  const groups = groupsOf(may('ticket:read_internal'));
  return (
    <>
      <Panel title={t('preferences.title')} lead={t('preferences.lead')}>
        <WhatYouGet preferences={preferences} reasons={groups.flatMap((group) => group.reasons)} isPortal={isPortal} />
        <div className={classes.reasons}>
          <div className={classes.head} aria-hidden data-columns={1 + Number(!isPortal) + Number(preferences.has_sms)}>
            <span />
            {!isPortal && <span>{t('preferences.inbox')}</span>}
            {preferences.has_sms && <span>{t('kind.sms')}</span>}
            <span>{t('preferences.mail')}</span>
          </div>
          {groups.map((group) => (
            <section key={group.name} aria-label={t(`group.${group.name}`)}>
              <Text size="xs" fw={650} c="dimmed" mt="sm" mb={4}>
                {t(`group.${group.name}`)}
              </Text>
              {group.reasons.map((reason) => (
                <ReasonRow
                  key={reason}
                  reason={reason}
                  preferences={preferences}
                  hasInbox={!isPortal}
                  onChange={change}
                />
              ))}
            </section>
          ))}
        </div>
        <Text size="sm" c="dimmed" mt="md">
          {t('preferences.paces')}
        </Text>
      </Panel>
      <QuietTimes preferences={preferences} onChange={change} />
      <MutedTickets isPortal={isPortal} />
    </>
  );
}
