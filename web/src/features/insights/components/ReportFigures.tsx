import { Anchor, Group, Paper, SimpleGrid, Text, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FiguresView, ReportView } from '@/api';
import { dateFormat } from '@/lib/intl';
import { Panel } from '@/ui/page/Panel';
import { figureOf, figureWord, mainMeasure } from '../figures';
import { useReportWords } from '../hooks/use-report-words';
import { GROUPINGS } from '../schemas';
import classes from './insights.module.css';

/** The figures of a report: of all, by group as a table with bars, and over time. */
export function ReportFigures({ report }: { report: ReportView }) {
  const { t, i18n } = useTranslation(['insights', 'tickets']);
  const words = useReportWords();
  const main = mainMeasure(report.measures);
  const columns = report.measures.filter((measure) => !['ages', 'reported', 'resolved'].includes(measure.name));
  const most = (rows: readonly { figures: FiguresView }[]) =>
    main?.unit === 'share' ? 1 : Math.max(1, ...rows.map((row) => figureOf(row.figures, main?.name ?? 'tickets') ?? 0));
  const bar = (figures: FiguresView, top: number) => (
    <span className={classes.bar} aria-hidden>
      <span style={{ width: `${((figureOf(figures, main?.name ?? 'tickets') ?? 0) / top) * 100}%` }} />
    </span>
  );
  const day = dateFormat(i18n.language, { dateStyle: 'medium', timeZone: report.time_zone });
  const groups = report.group_by === 'priority' ? report.groups.toSorted(byUrgency) : report.groups;
  const grouping = GROUPINGS.find((each) => each === report.group_by);
  const title = grouping ? t(`group.${grouping}`) : t('byGroup');
  const nameOf = ({ key, label }: ReportView['groups'][number]) => {
    const level = report.group_by === 'priority' ? LEVELS.find((each) => each === key) : undefined;
    if (level) return t(`level.${level}`);
    if (!label) return t('without');
    if (report.group_by === 'source') return t(`tickets:source.${key}`, { defaultValue: label });
    if (report.group_by !== 'kind') return label;
    return t(`tickets:kind.${key === 'service_request' ? 'request' : key}`, { defaultValue: label });
  };
  const groupTop = most(report.groups);
  const stepTop = most(report.trend);
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        {columns.map((measure) => (
          <Paper key={measure.name} withBorder radius="md" p="md" bg="var(--steward-surface)">
            <Text size="sm" fw={550}>
              {t(`measure.${measureKey(measure.name)}`)}
            </Text>
            <Text fz={22} fw={650}>
              {figureWord(figureOf(report.total, measure.name), measure.unit, i18n.language)}
            </Text>
            <Text size="xs" c="dimmed" mt={2}>
              {words.measure(report, measure)}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
      <Panel title={title}>
        {report.groups.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('nothing')}
          </Text>
        ) : (
          <section className={classes.scroll} aria-label={title} tabIndex={-1}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t('groupLabel')}</th>
                  <th scope="col" className={classes.compared}>
                    <VisuallyHidden>{t('share')}</VisuallyHidden>
                  </th>
                  {columns.map((measure) => (
                    <th key={measure.name} scope="col" className={classes.number}>
                      {t(`measure.${measureKey(measure.name)}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {groups.map((group) => (
                  <tr key={group.key ?? ''}>
                    <th scope="row">{nameOf(group)}</th>
                    <td className={classes.compared}>{bar(group.figures, groupTop)}</td>
                    {columns.map((measure) => (
                      <td key={measure.name} className={classes.number}>
                        <Drill figures={group.figures} name={measure.name} label={nameOf(group)}>
                          {figureWord(figureOf(group.figures, measure.name), measure.unit, i18n.language)}
                        </Drill>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </Panel>
      {main && report.trend.length > 0 && (
        <Panel title={t('trend')} lead={words.measure(report, main)}>
          <ul className={classes.trend}>
            {report.trend.map((step) => (
              <li key={step.from}>
                <Group gap="sm" wrap="nowrap">
                  <Text size="xs" c="dimmed" w={96} style={{ flex: 'none' }}>
                    {day.format(Date.parse(step.from))}
                  </Text>
                  {bar(step.figures, stepTop)}
                  <Text size="xs" w={88} ta="end" style={{ flex: 'none' }}>
                    {figureWord(figureOf(step.figures, main.name), main.unit, i18n.language)}
                  </Text>
                </Group>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

interface DrillProps {
  figures: FiguresView;
  name: string;
  label: string;
  children: ReactNode;
}

/** A count leads to the tickets behind it. */
function Drill({ figures, name, label, children }: DrillProps) {
  const { t } = useTranslation('insights');
  const filters = name === 'tickets' ? figures.filters : name === 'hits' ? figures.hit_filters : null;
  const condition = filters?.condition;
  if (!condition) return children;
  return (
    <Anchor
      inherit
      aria-label={t('drill', { count: figureOf(figures, name) ?? 0, label })}
      renderRoot={(props) => <Link to="/agent/tickets" search={{ condition }} {...props} />}
    >
      {children}
    </Anchor>
  );
}

/** Priorities, the most urgent first. */
const LEVELS = ['critical', 'high', 'medium', 'low', 'planning'] as const;

function byUrgency(a: { key?: string | null }, b: { key?: string | null }): number {
  const rank = (key?: string | null) => LEVELS.map(String).indexOf(key ?? '');
  return rank(a.key) - rank(b.key);
}

const MEASURES = ['tickets', 'hits', 'share', 'mean_seconds', 'median_seconds', 'p90_seconds'] as const;

function measureKey(name: string) {
  return MEASURES.find((each) => each === name) ?? 'tickets';
}
