import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OutcomeComparison, OutcomeCounts } from '@/api';
import { numberFormat } from '@/lib/intl';
import { pointsBetween } from '../../what-if';

/** The share that was met in time, before and after, and by how much it moves. */
export function Compliance({ comparison }: { comparison: OutcomeComparison }) {
  const { t, i18n } = useTranslation('sla');
  const share = ({ compliance }: OutcomeCounts) =>
    compliance === null || compliance === undefined
      ? '–'
      : numberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(compliance);
  const of = ({ met, breached }: OutcomeCounts) => t('whatIf.counts', { met, total: met + breached });
  const { before, after } = comparison;
  const points = pointsBetween(before, after);
  const signed = (value: number) =>
    numberFormat(i18n.language, { signDisplay: 'exceptZero', maximumFractionDigits: 1 }).format(value);
  return (
    <>
      <Text span size="sm" title={`${of(before)} → ${of(after)}`}>
        {share(before)} → {share(after)}
      </Text>
      {points !== null && points !== 0 && (
        <Text
          span
          size="sm"
          fw={600}
          ms={6}
          c={`var(--mantine-color-${points > 0 ? 'teal' : 'red'}-light-color)`}
          data-points={Math.sign(points)}
        >
          {points > 0 ? '▲' : '▼'} {t('whatIf.points', { points: signed(points) })}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {of(before)} → {of(after)}
      </Text>
    </>
  );
}
