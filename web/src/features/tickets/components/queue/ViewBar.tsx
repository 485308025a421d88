import { Group, Text } from '@mantine/core';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { ViewView } from '@/api';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import { PageTitle } from '@/ui/page/PageTitle';
import { useViewName } from '../../hooks/use-views';
import { isChangedView, type QueueSearch } from '../../schemas';
import classes from './queue.module.css';

const ViewMenu = lazyComponent(() => import('./ViewMenu').then((module) => module.ViewMenu));

interface ViewBarProps {
  search: QueueSearch;
  view: ViewView | undefined;
  count: string | null;
}

/** Name of the list, whether it differs from its saved view, and what can be done with the view. */
export function ViewBar({ search, view, count }: ViewBarProps) {
  const { t } = useTranslation('tickets');
  const nameOf = useViewName();
  const isChanged = view !== undefined && isChangedView(search, view);
  return (
    <Group gap="sm" wrap="nowrap" className={classes.title}>
      <PageTitle>{view ? nameOf(view) : t('queue.title')}</PageTitle>
      <Text size="sm" c="dimmed" role="status" className={classes.count}>
        {count}
      </Text>
      {isChanged && (
        <Text size="xs" className={classes.changed}>
          {t('view.changed')}
        </Text>
      )}
      <Suspense fallback={null}>
        <ViewMenu search={search} view={view} isChanged={isChanged} />
      </Suspense>
    </Group>
  );
}
