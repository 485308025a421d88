import { Button, MultiSelect, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomFieldView } from '@/api';
import { fieldDraft, fieldValue, fieldWords, idIn } from '../../custom-fields';
import { PersonEditor } from './PersonEditor';

interface CustomFieldEditorProps {
  field: CustomFieldView;
  value: unknown;
  /** The value as the server takes it, and as people read it. */
  onSave: (value: unknown, shown: string) => void;
}

/** Changes the value of a field of the organization's own. */
export function CustomFieldEditor({ field, value, onSave }: CustomFieldEditorProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const [draft, setDraft] = useState(() => fieldDraft(value));
  const words = { yes: t('customField.yes'), no: t('customField.no') };
  const text = Array.isArray(draft) ? '' : draft;
  const common = {
    label: field.label,
    description: field.help || undefined,
    required: field.is_required,
    'data-autofocus': true,
  };
  const list = {
    ...common,
    searchable: true,
    clearable: !field.is_required,
    comboboxProps: { withinPortal: false },
    nothingFoundMessage: t('common:form.nothingFound'),
  };
  if (field.type === 'user') {
    const id = idIn(value);
    return (
      <PersonEditor
        label={field.label}
        value={id ? { id, name: fieldWords(field, value, words) } : null}
        canClear={!field.is_required}
        onChoose={(person) => onSave(person?.id ?? null, person?.name ?? '')}
      />
    );
  }
  const save = () => {
    const next = fieldValue(field.type, draft);
    onSave(next, fieldWords(field, next, words));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="xs" w={280}>
        {(field.type === 'text' || field.type === 'url') && (
          <TextInput
            {...common}
            type={field.type}
            value={text}
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
        )}
        {field.type === 'textarea' && (
          <Textarea
            {...common}
            autosize
            minRows={3}
            value={text}
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
        )}
        {field.type === 'number' && (
          <NumberInput {...common} value={text} onChange={(next) => setDraft(String(next))} />
        )}
        {field.type === 'date' && (
          <TextInput {...common} type="date" value={text} onChange={(event) => setDraft(event.currentTarget.value)} />
        )}
        {field.type === 'select' && (
          <Select {...list} data={field.options} value={text || null} onChange={(next) => setDraft(next ?? '')} />
        )}
        {field.type === 'checkbox' && (
          <Select
            {...list}
            data={[
              { value: 'true', label: words.yes },
              { value: 'false', label: words.no },
            ]}
            value={text || null}
            onChange={(next) => setDraft(next ?? '')}
          />
        )}
        {field.type === 'multi_select' && (
          <MultiSelect {...list} data={field.options} value={Array.isArray(draft) ? draft : []} onChange={setDraft} />
        )}
        <Button type="submit">{t('common:form.save')}</Button>
      </Stack>
    </form>
  );
}
