import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OutcomeDifference } from '@/api';
import classes from '../sla.module.css';

const OUTCOMES = ['met', 'breached', 'open'] as const;
const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;

interface DifferencesProps {
  differences: readonly OutcomeDifference[];
  total: number;
}

/** The tickets that would have come out differently, oldest first. */
export function Differences({ differences, total }: DifferencesProps) {
  const { t } = useTranslation(['sla', 'tickets']);
  const word = (outcome: string | null | undefined) => {
    const known = OUTCOMES.find((each) => each === outcome);
    return known ? t(`whatIf.outcome.${known}`) : t('whatIf.outcome.none');
  };
  const turn = (before: string | null | undefined, after: string | null | undefined) =>
    before === after ? (
      <Text span size="sm" c="dimmed">
        {word(before)}
      </Text>
    ) : (
      <Text span size="sm">
        <del>{word(before)}</del> → <ins>{word(after)}</ins>
      </Text>
    );
  const priority = (text: string) => {
    const known = PRIORITIES.find((each) => each === text);
    return known ? t(`tickets:priority.${known}`) : text;
  };
  return (
    <section className={classes.scroll} aria-label={t('whatIf.differences')} tabIndex={-1}>
      <table className={classes.comparison}>
        <thead>
          <tr>
            <th scope="col">{t('whatIf.ticket')}</th>
            <th scope="col">{t('targets.priority')}</th>
            <th scope="col">{t('whatIf.team')}</th>
            <th scope="col">{t('metric.response')}</th>
            <th scope="col">{t('metric.resolution')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((row) => (
            <tr key={row.ticket.id}>
              <th scope="row">
                <Anchor
                  size="sm"
                  renderRoot={(props) => (
                    <Link to="/agent/incidents/$key" params={{ key: row.ticket.number }} {...props} />
                  )}
                >
                  {row.ticket.number} {row.ticket.title}
                </Anchor>
              </th>
              <td>{priority(row.priority)}</td>
              <td>{row.team?.name ?? t('whatIf.noTeam')}</td>
              <td>{turn(row.response_before, row.response_after)}</td>
              <td>{turn(row.resolution_before, row.resolution_after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > differences.length && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('recompute.more', { count: total - differences.length })}
        </Text>
      )}
    </section>
  );
}
