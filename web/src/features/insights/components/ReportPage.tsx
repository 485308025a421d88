import { Anchor, Group, NativeSelect, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getReportOptions, listReportsOptions, type ReportView } from '@/api';
import { useRights } from '@/features/session/public';
import { ExportButton } from '@/ui/list/ExportButton';
import { PageHead } from '@/ui/page/PageHead';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { figureOf } from '../figures';
import { useReportWords } from '../hooks/use-report-words';
import { GROUPINGS, PERIODS, type ReportSearch } from '../schemas';
import classes from './insights.module.css';
import { ReportFigures } from './ReportFigures';

/** A report over a period: its figures, by group and over time. Each number leads to its tickets. */
export function ReportPage({ name, search }: { name: string; search: ReportSearch }) {
  const { t } = useTranslation('insights');
  const navigate = useNavigate();
  const { may } = useRights();
  const words = useReportWords();
  const period = search.period ?? '30d';
  const groupBy = search.group_by ?? 'priority';
  const reports = useQuery({ ...listReportsOptions(), staleTime: 300_000 });
  const query = useQuery({
    ...getReportOptions({ path: { name }, query: { from: `-${period}`, group_by: groupBy } }),
    placeholderData: keepPreviousData,
  });
  const set = (change: ReportSearch) =>
    void navigate({ to: '/insights/$report', params: { report: name }, search: { ...search, ...change } });
  const report = query.data;
  return (
    <div className={classes.page}>
      <PageHead title={report ? words.title(report) : t('title')} lead={report && words.definition(report)}>
        {may('sla:manage') && (
          <Anchor size="sm" renderRoot={(props) => <Link to="/insights/what-if" {...props} />}>
            {t('whatIf')}
          </Anchor>
        )}
        {report && <ExportButton load={async () => sheetOf(report)} />}
      </PageHead>
      <Group gap="sm">
        <NativeSelect
          aria-label={t('report')}
          value={name}
          data={(reports.data?.data ?? []).map((each) => ({ value: each.name, label: words.title(each) }))}
          onChange={(event) =>
            void navigate({ to: '/insights/$report', params: { report: event.currentTarget.value }, search })
          }
        />
        <SegmentedControl
          aria-label={t('period.label')}
          value={period}
          onChange={(value) => set({ period: PERIODS.find((each) => each === value) })}
          data={PERIODS.map((each) => ({ value: each, label: t(`period.${each}`) }))}
        />
        <NativeSelect
          aria-label={t('groupBy')}
          value={groupBy}
          data={GROUPINGS.map((each) => ({ value: each, label: t(`group.${each}`) }))}
          onChange={(event) => set({ group_by: GROUPINGS.find((each) => each === event.currentTarget.value) })}
        />
      </Group>
      {query.isPending && <SkeletonRows />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {report && !query.isError && <ReportFigures report={report} />}
    </div>
  );
}

function sheetOf(report: ReportView) {
  const names = report.measures.map((measure) => measure.name);
  return {
    name: report.name,
    head: [report.group_by, ...names],
    rows: report.groups.map((group) => [
      group.label ?? '',
      ...names.map((name) => String(figureOf(group.figures, name) ?? '')),
    ]),
  };
}
