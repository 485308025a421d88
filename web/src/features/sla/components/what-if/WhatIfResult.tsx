import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GroupComparison, SimulationView } from '@/api';
import classes from '../sla.module.css';
import { Compliance } from './Compliance';
import { Differences } from './Differences';

/** Compliance before and after, of all tickets and by priority and team, then the tickets that differ. */
export function WhatIfResult({ result }: { result: SimulationView }) {
  const { t } = useTranslation(['sla', 'tickets']);
  const priority = (group: GroupComparison) => {
    const known = (['critical', 'high', 'medium', 'low'] as const).find((word) => word === group.key);
    return known ? t(`tickets:priority.${known}`) : (group.label ?? '–');
  };
  return (
    <div className={classes.stack} role="status" aria-label={t('whatIf.result')}>
      <Text size="sm" mt="md" fw={550}>
        {result.tickets === 0
          ? t('whatIf.noTickets')
          : `${t('whatIf.tickets', { count: result.tickets })} ${t('whatIf.different', { count: result.different })}`}
        {result.is_capped && ` ${t('whatIf.capped')}`}
      </Text>
      {result.tickets > 0 && (
        <div className={classes.scroll}>
          <table className={classes.comparison}>
            <thead>
              <tr>
                <td />
                <th scope="col">{t('metric.response')}</th>
                <th scope="col">{t('metric.resolution')}</th>
              </tr>
            </thead>
            <tbody>
              <Line name={t('whatIf.all')} group={result} />
            </tbody>
            <Groups title={t('whatIf.byPriority')} groups={result.by_priority} nameOf={priority} />
            <Groups
              title={t('whatIf.byTeam')}
              groups={result.by_team}
              nameOf={(group) => group.label ?? t('whatIf.noTeam')}
            />
          </table>
          <Text size="xs" c="dimmed" mt={6}>
            {t('whatIf.measure')}
          </Text>
        </div>
      )}
      {result.differences.length > 0 && (
        <div>
          <Title order={3} fz={14} mb="xs">
            {t('whatIf.differences')}
          </Title>
          <Differences differences={result.differences} total={result.different} />
        </div>
      )}
    </div>
  );
}

interface GroupsProps {
  title: string;
  groups: readonly GroupComparison[];
  nameOf: (group: GroupComparison) => string;
}

function Groups({ title, groups, nameOf }: GroupsProps) {
  return (
    <tbody>
      <tr>
        <th colSpan={3} scope="rowgroup" className={classes.group}>
          {title}
        </th>
      </tr>
      {groups.map((group) => (
        <Line key={group.key ?? ''} name={nameOf(group)} group={group} />
      ))}
    </tbody>
  );
}

function Line({ name, group }: { name: string; group: Pick<GroupComparison, 'response' | 'resolution'> }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Compliance comparison={group.response} />
      </td>
      <td>
        <Compliance comparison={group.resolution} />
      </td>
    </tr>
  );
}
