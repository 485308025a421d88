import { Button, Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../data-table/DataTable';
import type { Column } from '../data-table/features';
import { IconSearch, type LucideIcon } from '../icons';
import { type Crumb, PageHead } from '../page/PageHead';
import { Pages } from '../page/Pages';
import { ErrorState } from '../page-states/ErrorState';
import { PageState } from '../page-states/PageState';
import { SkeletonRows } from '../page-states/SkeletonRows';
import { ExportButton, type Sheet } from './ExportButton';
import classes from './list.module.css';
import type { ListSearch } from './list-search';
import { SearchBox } from './SearchBox';

interface Answer<Row> {
  data?: { data: Row[]; pagination?: { total: number; total_pages: number } };
  isPending: boolean;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
}

interface ListPageProps<Row extends object> {
  title: string;
  crumbs: readonly Crumb[];
  lead?: ReactNode;
  /** The primary action. */
  action?: ReactNode;
  answer: Answer<Row>;
  search: ListSearch;
  /** Puts a change into the address; filters and words start at the first page again. */
  onSearch: (change: ListSearch) => void;
  hasWords?: boolean;
  filters?: ReactNode;
  isFiltered: boolean;
  onClear: () => void;
  load?: () => Promise<Sheet>;
  empty: { icon: LucideIcon; title: string; help: ReactNode; action?: ReactNode };
  columns: Column<Row>[];
  getRowId: (row: Row) => string;
  getRowLabel: (row: Row) => string;
  onOpen?: (row: Row) => void;
  defaultSort?: string;
  renderCard: (row: Row) => ReactNode;
}

/** A list of the administration: words, filters, sort and page are in the address. */
export function ListPage<Row extends object>(props: ListPageProps<Row>) {
  const { answer, search, onSearch } = props;
  const { t } = useTranslation();
  const [cursor, setCursor] = useState<string | null>(null);
  const rows = answer.data?.data ?? [];
  const total = answer.data?.pagination?.total ?? rows.length;
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <PageHead title={props.title} crumbs={props.crumbs} lead={props.lead} count={answer.data && total}>
          {props.load && <ExportButton load={props.load} />}
          {props.action}
        </PageHead>
        <Group gap="xs" mt="sm" role="search" aria-label={props.title}>
          {props.hasWords !== false && (
            <SearchBox
              label={props.title}
              value={search.q ?? ''}
              onChange={(q) => onSearch({ q: q || undefined, page: undefined })}
            />
          )}
          {props.filters}
          {props.isFiltered && (
            <Button variant="subtle" onClick={props.onClear}>
              {t('list.clear')}
            </Button>
          )}
        </Group>
      </div>
      {answer.isPending && <SkeletonRows />}
      {answer.isError && !answer.data && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.data && rows.length === 0 && (props.isFiltered || (search.page ?? 1) > 1) && (
        <PageState icon={IconSearch} title={t('list.empty')} description={t('list.emptyHelp')}>
          <Button variant="default" onClick={props.onClear}>
            {t('list.clear')}
          </Button>
        </PageState>
      )}
      {answer.data && rows.length === 0 && !props.isFiltered && (search.page ?? 1) === 1 && (
        <PageState icon={props.empty.icon} title={props.empty.title} description={props.empty.help}>
          {props.empty.action}
        </PageState>
      )}
      {rows.length > 0 && (
        <DataTable
          label={props.title}
          columns={props.columns}
          rows={rows}
          total={total}
          getRowId={props.getRowId}
          getRowLabel={props.getRowLabel}
          cursor={cursor}
          onCursor={setCursor}
          onOpen={props.onOpen}
          sort={search.sort ?? props.defaultSort}
          onSort={(sort) => onSearch({ sort, page: undefined })}
          renderCard={props.renderCard}
        />
      )}
      <Pages
        page={search.page ?? 1}
        pages={answer.data?.pagination?.total_pages ?? 1}
        onPage={(page) => onSearch({ page: page === 1 ? undefined : page })}
      />
    </div>
  );
}
