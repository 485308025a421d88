import { Group } from '@mantine/core';
import { type ReactNode, Suspense } from 'react';
import type { ViewView } from '@/api';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import type { QueueSearch } from '../../schemas';
import classes from './queue.module.css';
import { ViewBar } from './ViewBar';

const QueueFilters = lazyComponent(() => import('./QueueFilters').then((module) => module.QueueFilters));
const LayoutSwitch = lazyComponent(() => import('./LayoutSwitch').then((module) => module.LayoutSwitch));

interface QueueHeadProps {
  search: QueueSearch;
  view: ViewView | undefined;
  /** How many tickets there are, in words. */
  count: string | null;
  /** Tools of the layout, where there is room. */
  children: ReactNode;
}

/** What is listed, by which filters, and how it is laid out. */
export function QueueHead({ search, view, count, children }: QueueHeadProps) {
  return (
    <div className={classes.bar}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <ViewBar search={search} view={view} count={count} />
        <Group gap={6} wrap="nowrap">
          <Suspense fallback={<div className={classes.layout} />}>
            <LayoutSwitch search={search} />
          </Suspense>
          <Group gap={6} wrap="nowrap" visibleFrom="sm">
            {children}
          </Group>
        </Group>
      </Group>
      <Suspense fallback={<div className={classes.filters} />}>
        <QueueFilters search={search} />
      </Suspense>
    </div>
  );
}
