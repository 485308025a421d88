import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type CategoryView, deleteCategory, moveCategory, operation, updateCategory } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { notifyUndo } from '@/ui/feedback/notify-undo';
import { type Place, placeOf } from '../tree';

/** Moves, retires and deletes categories, and says so. */
export function useCategoryChanges(all: readonly CategoryView[]) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: operation('listCategories') });
  const send = async (id: string, to: Place) => {
    await moveCategory({ path: { id }, body: to });
    await refresh();
  };
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      notifyProblem(error);
      await refresh();
    }
  };
  const nameOf = (id: string | null) => all.find((category) => category.id === id)?.name;

  const move = (category: CategoryView, to: Place) =>
    attempt(async () => {
      const before = placeOf(all, category);
      await send(category.id, to);
      const parent = nameOf(to.parent_id);
      const message =
        before.parent_id === to.parent_id
          ? t('categories.reordered', { name: category.name, number: to.position + 1 })
          : parent
            ? t('categories.movedBelow', { name: category.name, parent })
            : t('categories.movedTop', { name: category.name });
      notifyUndo(message, () => send(category.id, before));
    });

  const setActive = (category: CategoryView, is_active: boolean) =>
    attempt(async () => {
      const path = { id: category.id };
      await updateCategory({ path, body: { is_active } });
      await refresh();
      const message = t(is_active ? 'categories.activated' : 'categories.retired', { name: category.name });
      notifyUndo(message, async () => {
        await updateCategory({ path, body: { is_active: !is_active } });
        await refresh();
      });
    });

  const remove = async (category: CategoryView) => {
    await deleteCategory({ path: { id: category.id } });
    await refresh();
    notifications.show({ message: t('categories.deleted', { name: category.name }), color: 'teal' });
  };

  return { move, setActive, remove, refresh };
}
