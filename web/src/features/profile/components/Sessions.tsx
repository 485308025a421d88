import { Badge, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { endOtherSessions, endSession, listSessionsOptions, type OpenSessionView, operation } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';
import { programOf } from '../model';
import { Card } from './Card';
import classes from './profile.module.css';

/** Where someone is signed in. */
export function Sessions() {
  const { t } = useTranslation('profile');
  const client = useQueryClient();
  const sessions = useQuery(listSessionsOptions());
  const rows = sessions.data?.data ?? [];
  const others = rows.filter((row) => !row.is_current).length;
  const again = () => client.invalidateQueries({ queryKey: operation('listSessions') });
  const endAll = useMutation({
    mutationFn: () => endOtherSessions(),
    onSuccess: () => {
      notifications.show({ message: t('sessions.endedOthers', { count: others }), color: 'teal' });
      return again();
    },
    onError: notifyProblem,
  });
  const action = others > 0 && (
    <Button size="sm" variant="default" loading={endAll.isPending} onClick={() => endAll.mutate()}>
      {t('sessions.endOthers')}
    </Button>
  );
  return (
    <Card title={t('sessions.title')} lead={t('sessions.lead')} action={action}>
      {sessions.isPending && <SkeletonRows rows={2} height={40} />}
      {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      <ul className={classes.rows}>
        {rows.map((row) => (
          <SessionRow key={row.id} session={row} onEnded={again} />
        ))}
      </ul>
    </Card>
  );
}

function SessionRow({ session, onEnded }: { session: OpenSessionView; onEnded: () => Promise<void> }) {
  const { t } = useTranslation('profile');
  const program = programOf(session.user_agent);
  const name = program ? t('sessions.on', program) : session.user_agent || t('sessions.unknown');
  const end = useMutation({
    mutationFn: () => endSession({ path: { id: session.id } }),
    onSuccess: () => {
      notifications.show({ message: t('sessions.ended'), color: 'teal' });
      return onEnded();
    },
    onError: notifyProblem,
  });
  return (
    <li className={classes.row}>
      <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Group gap="xs">
          <Text fw={550} size="sm">
            {name}
          </Text>
          {session.is_current && <Badge color="teal">{t('sessions.here')}</Badge>}
        </Group>
        <Text size="sm" c="dimmed">
          {t('sessions.since')} <Time at={session.created_at} /> · {t('sessions.used')}{' '}
          <Time at={session.last_used_at} />
        </Text>
      </div>
      {!session.is_current && (
        <Button
          size="sm"
          variant="default"
          loading={end.isPending}
          aria-label={t('sessions.endLabel', { what: name })}
          onClick={() => end.mutate()}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
