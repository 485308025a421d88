import { MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CustomFieldView } from '@/api';
import { PersonLookup } from '@/features/people/public';
import type { FieldDraft } from '../custom-fields';

interface CustomFieldInputProps {
  field: CustomFieldView;
  draft: FieldDraft;
  onDraft: (draft: FieldDraft) => void;
  error?: string;
  size?: 'sm' | 'md';
  /** It stands in a layer of its own: lists open within it, and it takes the focus. */
  isInLayer?: boolean;
}

/** The control for a field of the organization's own. */
export function CustomFieldInput({ field, draft, onDraft, error, size, isInLayer }: CustomFieldInputProps) {
  const { t } = useTranslation();
  const text = Array.isArray(draft) ? '' : draft;
  const common = {
    label: field.label,
    description: field.help || undefined,
    required: field.is_required,
    error,
    size,
    'data-autofocus': isInLayer || undefined,
  };
  const list = {
    ...common,
    searchable: true,
    clearable: !field.is_required,
    comboboxProps: isInLayer ? { withinPortal: false } : undefined,
    nothingFoundMessage: t('form.nothingFound'),
  };
  const onText = (event: { currentTarget: { value: string } }) => onDraft(event.currentTarget.value);
  switch (field.type) {
    case 'textarea':
      return <Textarea {...common} autosize minRows={3} value={text} onChange={onText} />;
    case 'number':
      return <NumberInput {...common} value={text} onChange={(next) => onDraft(String(next))} />;
    case 'select':
      return <Select {...list} data={field.options} value={text || null} onChange={(next) => onDraft(next ?? '')} />;
    case 'multi_select':
      return (
        <MultiSelect {...list} data={field.options} value={Array.isArray(draft) ? draft : []} onChange={onDraft} />
      );
    case 'checkbox':
      return (
        <Select
          {...list}
          data={[
            { value: 'true', label: t('form.yes') },
            { value: 'false', label: t('form.no') },
          ]}
          value={text || null}
          onChange={(next) => onDraft(next ?? '')}
        />
      );
    case 'user': {
      const [id, name] = Array.isArray(draft) ? draft : [];
      return (
        <PersonLookup
          {...common}
          value={id ? { id, name: name ?? '' } : null}
          onChange={(person) => onDraft(person ? [person.id, person.name] : [])}
        />
      );
    }
    default:
      return (
        <TextInput
          {...common}
          type={field.type === 'date' || field.type === 'url' ? field.type : 'text'}
          value={text}
          onChange={onText}
        />
      );
  }
}
