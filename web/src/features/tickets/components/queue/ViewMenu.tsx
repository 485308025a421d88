import { Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeViewDefault, unmakeViewDefault, updateView, type ViewView } from '@/api';
import { MenuAction } from '@/ui/action/MenuAction';
import { refusalWords } from '@/ui/feedback/problem-words';
import { IconChevronDown } from '@/ui/icons';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import { useViewChange } from '../../hooks/use-views';
import { filtersOf, layoutOf, lookOf, type QueueSearch, searchOfView } from '../../schemas';

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
      body: { filters: filtersOf(search), ...lookOf(search) },
      headers: { 'If-Match': `"${found.version}"` },
    }),
  );
  const makeDefault = useViewChange(async ({ id, is_default }: ViewView) => {
    if (is_default) await unmakeViewDefault({ path: { id } });
    else await makeViewDefault({ path: { id } });
  });
  const verb = (name: string) => view?.allowed_actions.find((action) => action.verb === name);
  const refusalOf = (told: ReturnType<typeof verb>) => (told?.allowed === false ? (refusalWords(told) ?? '') : null);
  const items: { label: string; run: () => void; refusal?: string | null }[] = [];
  if (view && isChanged) {
    items.push({ label: t('view.save'), run: () => save.mutate(view), refusal: refusalOf(verb('update')) });
    const reset = () => void navigate({ to: '/agent/tickets', search: searchOfView(view, layoutOf(search)) });
    items.push({ label: t('view.reset'), run: reset });
  }
  items.push({ label: t('view.saveAs'), run: () => setTask('create') });
  if (view) {
    const turn = view.is_default ? t('view.unmakeDefault') : t('view.makeDefault');
    items.push(
      { label: t('view.change'), run: () => setTask('change'), refusal: refusalOf(verb('update')) },
      { label: turn, run: () => makeDefault.mutate(view) },
      { label: t('view.delete'), run: () => setTask('delete'), refusal: refusalOf(verb('delete')) },
    );
  }
  // A menu whose first item is refused would not take the focus, and the keyboard never enter it.
  const first = items.find(({ refusal }) => !refusal);
  return (
    <>
      <Menu position="bottom-start" shadow="md" width={240}>
        <Menu.Target>
          <Button
            flex="none"
            variant="subtle"
            color="gray"
            px={6}
            rightSection={<IconChevronDown aria-hidden size={14} />}
          >
            {t('view.menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {items.map((item) => (
            <MenuAction
              key={item.label}
              label={item.label}
              refusal={item.refusal}
              isFirst={item === first}
              run={item.run}
            />
          ))}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {task && <ViewDialog task={task} search={search} view={view} onClose={() => setTask(null)} />}
      </Suspense>
    </>
  );
}
