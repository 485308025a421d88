import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomFieldView } from '@/api';
import { fieldDraft, fieldValue, fieldWords, idIn } from '../../custom-fields';
import { CustomFieldInput } from '../CustomFieldInput';
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
        <CustomFieldInput field={field} draft={draft} onDraft={setDraft} isInLayer />
        <Button type="submit">{t('common:form.save')}</Button>
      </Stack>
    </form>
  );
}
