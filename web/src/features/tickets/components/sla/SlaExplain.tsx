import { Modal, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getTicketSlaOptions, type SlaClockView, type SlaInterval } from '@/api';
import { durationWords } from '@/lib/duration';
import { exactTime } from '@/lib/time';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useFormats } from '@/ui/time/formats';
import classes from './sla.module.css';

/** Why a clock stands as it does: its life in pieces, and their sum. */
export function SlaExplain({ number, onClose }: { number: string; onClose: () => void }) {
  const { t } = useTranslation('tickets');
  const query = useQuery(getTicketSlaOptions({ path: { key: number } }));
  return (
    <Modal opened onClose={onClose} title={`${t('sla.title')}: ${number}`} size="xl">
      {query.isPending && <SkeletonRows rows={5} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      <Stack gap="xl">
        {query.data?.clocks.map((clock) => (
          <Clock key={`${clock.agreement}-${clock.metric}`} clock={clock} />
        ))}
      </Stack>
    </Modal>
  );
}

const secondsOf = (interval: SlaInterval) => (Date.parse(interval.until) - Date.parse(interval.from)) / 1000;

function Clock({ clock }: { clock: SlaClockView }) {
  const { t } = useTranslation('tickets');
  const { locale, timeZone } = useFormats();
  const name = `${t(`sla.agreement.${clock.agreement}`)}, ${t(`sla.metric.${clock.metric}`)}`;
  const long = (seconds: number) => durationWords(seconds, locale, 'long');
  const total = clock.intervals.reduce((sum, interval) => sum + secondsOf(interval), 0);
  return (
    <section aria-label={name}>
      <Title order={3} fz={14}>
        {name}
      </Title>
      <Text size="sm" mb="xs">
        {t('sla.sum', { used: long(clock.elapsed_seconds), target: long(clock.target_seconds) })}{' '}
        {clock.remaining_seconds >= 0
          ? t('sla.left', { length: long(clock.remaining_seconds) })
          : t('sla.over', { length: long(-clock.remaining_seconds) })}
        {clock.policy && ` ${t('sla.policy', { name: clock.policy.name, version: clock.policy.version })}`}
        {clock.calendar && ` ${t('sla.calendar', { name: clock.calendar.name })}`}
      </Text>
      <div className={classes.bar} aria-hidden>
        {clock.intervals.map((interval) => (
          <span
            key={interval.from}
            data-kind={interval.kind}
            style={{ flexGrow: total > 0 ? secondsOf(interval) / total : 1 }}
          />
        ))}
      </div>
      <Table verticalSpacing={4} mt="xs" aria-label={name}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('sla.from')}</Table.Th>
            <Table.Th>{t('sla.until')}</Table.Th>
            <Table.Th>{t('sla.what')}</Table.Th>
            <Table.Th ta="end">{t('sla.counted')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {clock.intervals.map((interval) => (
            <Table.Tr key={interval.from}>
              <Table.Td>{exactTime(interval.from, locale, timeZone)}</Table.Td>
              <Table.Td>{exactTime(interval.until, locale, timeZone)}</Table.Td>
              <Table.Td>
                <span className={classes.kind} data-kind={interval.kind} />
                {t(`sla.kind.${interval.kind}`)}
                {interval.holiday && `: ${interval.holiday}`}
              </Table.Td>
              <Table.Td ta="end">{interval.kind === 'counted' ? long(secondsOf(interval)) : '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th colSpan={3}>{t('sla.total')}</Table.Th>
            <Table.Th ta="end">{long(clock.elapsed_seconds)}</Table.Th>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
      {clock.is_truncated && (
        <Text size="xs" c="dimmed">
          {t('sla.truncated')}
        </Text>
      )}
    </section>
  );
}
