import { Anchor, Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listMutedTicketsOptions } from '@/api';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useMute } from '../hooks/use-mute';
import classes from './notifications.module.css';

/** Tickets of which someone wants to hear no more than they must. */
export function MutedTickets({ isPortal }: { isPortal: boolean }) {
  const { t } = useTranslation('notifications');
  const muted = useQuery(listMutedTicketsOptions());
  const rows = muted.data?.data ?? [];
  return (
    <Panel title={t('muted.title')} lead={t('muted.lead')}>
      {muted.isPending && <SkeletonRows rows={2} />}
      {muted.isError && <ErrorState error={muted.error} onRetry={() => void muted.refetch()} />}
      {muted.data && rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('muted.none')}
        </Text>
      )}
      <ul className={classes.rows}>
        {rows.map((row) => (
          <MutedRow key={row.id} id={row.id} number={row.number ?? row.id} isPortal={isPortal} />
        ))}
      </ul>
    </Panel>
  );
}

function MutedRow({ id, number, isPortal }: { id: string; number: string; isPortal: boolean }) {
  const { t } = useTranslation('notifications');
  const { toggle, isBusy } = useMute({ id, number });
  const to = isPortal ? '/portal/requests/$key' : '/agent/incidents/$key';
  return (
    <li className={classes.muted}>
      <Anchor size="sm" renderRoot={(props) => <Link to={to} params={{ key: number }} {...props} />}>
        {number}
      </Anchor>
      <Button variant="default" loading={isBusy} aria-label={t('muted.unmuteNamed', { number })} onClick={toggle}>
        {t('muted.unmute')}
      </Button>
    </li>
  );
}
