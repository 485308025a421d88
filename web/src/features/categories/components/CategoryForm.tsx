import { Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type CategoryView, createCategory, operation, updateCategory } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useSeen } from '@/ui/form/use-seen';

interface CategoryFormProps {
  /** The one to rename; a new one when null. */
  category: CategoryView | null;
  parentId: string | null;
  onClose: () => void;
}

/** A new category, or another name for one. */
export function CategoryForm({ category, parentId, onClose }: CategoryFormProps) {
  const { t } = useTranslation(['admin', 'common']);
  const client = useQueryClient();
  const version = useSeen(category?.version ?? 0);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { name: category?.name ?? '' },
    validate: { name: required(t('categories.nameMissing')) },
    onSubmit: async (values) => {
      const name = values.name.trim();
      if (category) {
        const headers = { 'If-Match': `"${version}"` };
        await updateCategory({ path: { id: category.id }, body: { name }, headers });
      } else {
        await createCategory({ body: { name, parent_id: parentId } });
      }
      await client.invalidateQueries({ queryKey: operation('listCategories') });
      const message = t(category ? 'categories.renamed' : 'categories.added', { name });
      notifications.show({ message, color: 'teal' });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <TextInput label={t('categories.name')} maxLength={200} data-autofocus {...form.getInputProps('name')} />
      </Stack>
      <FormButtons
        submit={category ? t('categories.rename') : t('categories.add')}
        isSubmitting={isSubmitting}
        onCancel={onClose}
      />
    </form>
  );
}
