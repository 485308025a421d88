import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CategoryView } from '@/api';
import { useRights } from '@/features/session/public';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { IconCategory, IconPlus } from '@/ui/icons';
import { ExportButton } from '@/ui/list/ExportButton';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useCategories } from '../hooks/use-categories';
import { useCategoryChanges } from '../hooks/use-category-changes';
import { CategoryForm } from './CategoryForm';
import { CategoryTree, type CategoryVerb } from './CategoryTree';
import classes from './categories.module.css';
import { MoveDialog } from './MoveDialog';

type Open = { verb: 'add' | 'rename' | 'move' | 'delete'; category: CategoryView | null };

/** The tree that tickets are sorted by. */
export function CategoriesPage() {
  const { t } = useTranslation(['admin', 'common']);
  const { may } = useRights();
  const query = useCategories();
  const all = query.data ?? [];
  const { move, setActive, remove } = useCategoryChanges(all);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const isReadOnly = !may('category:manage');
  const onVerb = (verb: CategoryVerb, category: CategoryView) => {
    if (verb === 'retire' || verb === 'activate') void setActive(category, verb === 'activate');
    else setOpen({ verb, category });
  };
  const add = !isReadOnly && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setOpen({ verb: 'add', category: null })}>
      {t('categories.add')}
    </Button>
  );
  const load = async () => ({
    name: 'categories',
    head: [t('categories.path'), t('categories.state')],
    rows: all.map(({ path, is_active }) => [
      path.join(' › '),
      is_active ? t('categories.active') : t('categories.inactive'),
    ]),
  });
  const category = open?.category ?? null;
  return (
    <div className={classes.page}>
      <PageHead
        title={t('categories.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        count={query.data?.length}
        lead={t('categories.lead')}
      >
        {all.length > 0 && <ExportButton load={load} />}
        {add}
      </PageHead>
      {query.isPending && <SkeletonRows />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && all.length === 0 && (
        <PageState icon={IconCategory} title={t('categories.empty')} description={t('categories.emptyHelp')}>
          {add}
        </PageState>
      )}
      {all.length > 0 && (
        <Panel title={t('categories.tree')}>
          <CategoryTree
            all={all}
            isReadOnly={isReadOnly}
            onMove={(moved, place) => void move(moved, place)}
            onVerb={onVerb}
          />
          {!isReadOnly && (
            <Group mt="sm" visibleFrom="sm">
              <Text size="xs" c="dimmed">
                {t('categories.keys')}
              </Text>
            </Group>
          )}
        </Panel>
      )}
      <Modal
        opened={open?.verb === 'add' || open?.verb === 'rename'}
        onClose={close}
        title={
          open?.verb === 'rename'
            ? t('categories.renameTitle', { name: category?.name })
            : category
              ? t('categories.addBelowTitle', { name: category.name })
              : t('categories.add')
        }
      >
        <CategoryForm
          category={open?.verb === 'rename' ? category : null}
          parentId={category?.id ?? null}
          onClose={close}
        />
      </Modal>
      {open?.verb === 'move' && category && (
        <MoveDialog all={all} category={category} onMove={(place) => void move(category, place)} onClose={close} />
      )}
      <ConfirmDialog
        isOpen={open?.verb === 'delete'}
        title={t('categories.deleteTitle', { name: category?.name ?? '' })}
        confirm={t('categories.delete')}
        isDangerous
        onConfirm={async () => category && remove(category)}
        onClose={close}
      >
        {t('categories.deleteHelp')}
      </ConfirmDialog>
    </div>
  );
}
