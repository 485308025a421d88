import { Checkbox, NumberInput, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type CustomFieldView, createCustomField, operation, updateCustomField } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { FIELD_TYPES, hasOptions, isFieldType, isKind, KINDS, keyOf, optionsOf } from '../kinds';

interface CustomFieldFormProps {
  /** The one to change; a new one when null. */
  field: CustomFieldView | null;
  onClose: () => void;
}

/** A field of tickets. Kind, key and type stay as they were made. */
export function CustomFieldForm({ field, onClose }: CustomFieldFormProps) {
  const { t } = useTranslation(['settings', 'common']);
  const client = useQueryClient();
  const known = field?.options ?? [];
  const initialValues: Record<string, unknown> & {
    kind: string;
    type: string;
    label: string;
    key: string;
    help: string;
    options: string;
    position: number | string;
    is_required: boolean;
    is_internal: boolean;
  } = {
    kind: field?.kind ?? 'incident',
    type: field?.type ?? 'text',
    label: field?.label ?? '',
    key: field?.key ?? '',
    help: field?.help ?? '',
    options: known.map((option) => option.label).join('\n'),
    position: field?.position ?? 0,
    is_required: field?.is_required ?? false,
    is_internal: field?.is_internal ?? false,
  };
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues,
    validate: {
      label: required(t('fields.labelMissing')),
      options: (value, { type }) => (hasOptions(type) && value.trim() === '' ? t('fields.optionsMissing') : null),
    },
    onSubmit: async ({ kind, type, label, key, help, options, position, is_required, is_internal }) => {
      const same = {
        label: label.trim(),
        help,
        is_required,
        is_internal,
        position: Number(position) || 0,
        ...(hasOptions(type) && { options: optionsOf(options, known) }),
      };
      if (field) {
        await updateCustomField({ path: { id: field.id }, body: same, headers: { 'If-Match': `"${field.version}"` } });
      } else if (isKind(kind) && isFieldType(type)) {
        await createCustomField({ body: { ...same, kind, type, key: key || keyOf(label) } });
      }
      await client.invalidateQueries({ queryKey: operation('listCustomFields') });
      notifications.show({ message: t('common:form.saved'), color: 'teal' });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <TextInput label={t('fields.label')} maxLength={200} data-autofocus {...form.getInputProps('label')} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Select
            label={t('kind.label')}
            allowDeselect={false}
            disabled={field !== null}
            data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            {...form.getInputProps('kind')}
          />
          <Select
            label={t('fields.type')}
            allowDeselect={false}
            disabled={field !== null}
            data={FIELD_TYPES.map((type) => ({ value: type, label: t(`type.${type}`) }))}
            {...form.getInputProps('type')}
          />
          <TextInput
            label={t('fields.key')}
            description={t('fields.keyHelp')}
            placeholder={keyOf(form.values.label)}
            disabled={field !== null}
            {...form.getInputProps('key')}
          />
          <NumberInput
            label={t('fields.position')}
            description={t('fields.positionHelp')}
            min={0}
            max={1_000_000}
            allowDecimal={false}
            hideControls
            {...form.getInputProps('position')}
          />
        </SimpleGrid>
        {hasOptions(form.values.type) && (
          <Textarea
            label={t('fields.options')}
            description={t('fields.optionsHelp')}
            autosize
            minRows={4}
            maxRows={12}
            {...form.getInputProps('options')}
          />
        )}
        <TextInput
          label={`${t('fields.help')} (${t('common:form.optional')})`}
          maxLength={1000}
          {...form.getInputProps('help')}
        />
        <Checkbox
          size="sm"
          label={t('fields.isRequired')}
          {...form.getInputProps('is_required', { type: 'checkbox' })}
        />
        <Checkbox
          size="sm"
          label={t('fields.isInternal')}
          description={t('fields.internalHelp')}
          {...form.getInputProps('is_internal', { type: 'checkbox' })}
        />
      </Stack>
      <FormButtons
        submit={field ? t('common:form.save') : t('fields.add')}
        isSubmitting={isSubmitting}
        onCancel={onClose}
      />
    </form>
  );
}
