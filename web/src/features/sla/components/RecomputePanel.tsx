import { Anchor, Button, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type ClockChange, operation, previewSlaRecomputeOptions, recomputeSla, undoSlaRecompute } from '@/api';
import { exactTime } from '@/lib/time';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { notifyUndo } from '@/ui/feedback/notify-undo';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import classes from './sla.module.css';

const SHOWN = 20;

/** Running clocks keep the version they began with; this has them go over to the current ones. */
export function RecomputePanel({ isReadOnly }: { isReadOnly: boolean }) {
  const { t } = useTranslation('sla');
  const client = useQueryClient();
  const query = useQuery(previewSlaRecomputeOptions());
  const refresh = () => client.invalidateQueries({ queryKey: operation('previewSlaRecompute') });
  const apply = useMutation({
    mutationFn: async () => (await recomputeSla()).data,
    onSuccess: async (done) => {
      await refresh();
      notifyUndo(t('recompute.done', { count: done.total }), async () => {
        await undoSlaRecompute({ path: { id: done.id } });
        await refresh();
      });
    },
    onError: notifyProblem,
  });
  const total = query.data?.total ?? 0;
  return (
    <Panel
      title={t('recompute.title')}
      lead={t('recompute.lead')}
      actions={
        total > 0 &&
        !isReadOnly && (
          <Button variant="default" loading={apply.isPending} onClick={() => apply.mutate()}>
            {t('recompute.apply', { count: total })}
          </Button>
        )
      }
    >
      {query.isPending && <SkeletonRows rows={2} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <Text size="sm" fw={550}>
          {total === 0 ? t('recompute.none') : t('recompute.total', { count: total })}
        </Text>
      )}
      <ul className={classes.rows}>
        {(query.data?.changes ?? []).slice(0, SHOWN).map((change) => (
          <Change key={`${change.ticket.id}-${change.agreement}-${change.metric}`} change={change} />
        ))}
      </ul>
      {total > SHOWN && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('recompute.more', { count: total - SHOWN })}
        </Text>
      )}
    </Panel>
  );
}

function Change({ change }: { change: ClockChange }) {
  const { t, i18n } = useTranslation('sla');
  const at = (instant: string | null | undefined) => (instant ? exactTime(instant, i18n.language) : t('recompute.no'));
  return (
    <li>
      <Anchor
        size="sm"
        renderRoot={(props) => <Link to="/agent/incidents/$key" params={{ key: change.ticket.number }} {...props} />}
      >
        {change.ticket.number} {change.ticket.title}
      </Anchor>
      <Text size="xs" c="dimmed">
        {t(`metric.${change.metric}`)}: <del>{at(change.old_due_at)}</del> → <ins>{at(change.new_due_at)}</ins>
      </Text>
    </li>
  );
}
