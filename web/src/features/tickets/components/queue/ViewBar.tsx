import { Button, Group, Menu, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeViewDefault, unmakeViewDefault, updateView, type ViewView } from '@/api';
import { IconChevronDown } from '@/ui/icons';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import { PageTitle } from '@/ui/page/PageTitle';
import { useViewChange, useViewName } from '../../hooks/use-views';
import { filtersOf, isChangedView, type QueueSearch, searchOfView } from '../../schemas';
import classes from './queue.module.css';

const ViewDialog = lazyComponent(() => import('./ViewDialog').then((module) => module.ViewDialog));

export type ViewTask = 'create' | 'change' | 'delete';

interface ViewBarProps {
  search: QueueSearch;
  view: ViewView | undefined;
  count: string | null;
}

/** Name of the list, whether it differs from its saved view, and what can be done with the view. */
export function ViewBar({ search, view, count }: ViewBarProps) {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
  const nameOf = useViewName();
  const [task, setTask] = useState<ViewTask | null>(null);
  const save = useViewChange((found: ViewView) =>
    updateView({
      path: { id: found.id },
      body: { filters: filtersOf(search), sort: search.sort ?? null, columns: search.columns ?? [] },
      headers: { 'If-Match': `"${found.version}"` },
    }),
  );
  const makeDefault = useViewChange(async ({ id, is_default }: ViewView) => {
    if (is_default) await unmakeViewDefault({ path: { id } });
    else await makeViewDefault({ path: { id } });
  });
  const isChanged = view !== undefined && isChangedView(search, view);
  const verb = (name: string) => view?.allowed_actions.find((action) => action.verb === name);
  const name = view ? nameOf(view) : t('queue.title');
  const item = (label: string, run: () => void, refusal?: string | null) => (
    <Menu.Item disabled={Boolean(refusal)} onClick={run} className="menu-item-with-reason">
      {label}
      {refusal && <span className="reason">{refusal}</span>}
    </Menu.Item>
  );
  const refusalOf = (told: ReturnType<typeof verb>) => (told?.allowed === false ? (told.reason ?? '') : null);
  return (
    <Group gap="sm" wrap="nowrap" className={classes.title}>
      <PageTitle>{name}</PageTitle>
      <Text size="sm" c="dimmed" role="status" className={classes.count}>
        {count}
      </Text>
      {isChanged && (
        <Text size="xs" className={classes.changed}>
          {t('view.changed')}
        </Text>
      )}
      <Menu position="bottom-start" shadow="md" width={240}>
        <Menu.Target>
          <Button variant="subtle" color="gray" px={6} rightSection={<IconChevronDown aria-hidden size={14} />}>
            {t('view.menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {view && isChanged && item(t('view.save'), () => save.mutate(view), refusalOf(verb('update')))}
          {view &&
            isChanged &&
            item(t('view.reset'), () => void navigate({ to: '/agent/tickets', search: searchOfView(view) }))}
          {item(t('view.saveAs'), () => setTask('create'))}
          {view && item(t('view.change'), () => setTask('change'), refusalOf(verb('update')))}
          {view &&
            item(view.is_default ? t('view.unmakeDefault') : t('view.makeDefault'), () => makeDefault.mutate(view))}
          {view && item(t('view.delete'), () => setTask('delete'), refusalOf(verb('delete')))}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {task && <ViewDialog task={task} search={search} view={view} onClose={() => setTask(null)} />}
      </Suspense>
    </Group>
  );
}
