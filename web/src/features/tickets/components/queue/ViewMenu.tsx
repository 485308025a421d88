import { Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeViewDefault, unmakeViewDefault, updateView, type ViewView } from '@/api';
import { IconChevronDown } from '@/ui/icons';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import { useViewChange } from '../../hooks/use-views';
import { filtersOf, type QueueSearch, searchOfView } from '../../schemas';

const ViewDialog = lazyComponent(() => import('./ViewDialog').then((module) => module.ViewDialog));

export type ViewTask = 'create' | 'change' | 'delete';

interface ViewMenuProps {
  search: QueueSearch;
  view: ViewView | undefined;
  /** Whether the list differs from its saved view. */
  isChanged: boolean;
}

/** What can be done with the view: saving, sharing, opening with it, deleting. */
export function ViewMenu({ search, view, isChanged }: ViewMenuProps) {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
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
  const verb = (name: string) => view?.allowed_actions.find((action) => action.verb === name);
  const item = (label: string, run: () => void, refusal?: string | null) => (
    <Menu.Item disabled={Boolean(refusal)} onClick={run} className="menu-item-with-reason">
      {label}
      {refusal && <span className="reason">{refusal}</span>}
    </Menu.Item>
  );
  const refusalOf = (told: ReturnType<typeof verb>) => (told?.allowed === false ? (told.reason ?? '') : null);
  return (
    <>
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
    </>
  );
}
