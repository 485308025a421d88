import { useTranslation } from 'react-i18next';
import type { CustomFieldView } from '@/api';
import type { ApiError } from '@/lib/api-error';
import { fieldWords as problemWords } from '@/ui/feedback/problem-words';
import { type FieldDrafts, missingFields, readFieldDrafts, startOfFields } from '../custom-fields';
import { CustomFieldInput } from './CustomFieldInput';

interface CustomFieldInputsProps {
  fields: readonly CustomFieldView[];
  /** What was filled in, as the draft of a form keeps it. */
  text: string;
  onText: (text: string) => void;
  /** What the server refused. */
  problem: ApiError | null;
  /** Sent once in vain: what is missing is marked. */
  isChecked: boolean;
  size?: 'sm' | 'md';
}

/** The questions that the organization added to a new ticket. */
export function CustomFieldInputs({ fields, text, onText, problem, isChecked, size }: CustomFieldInputsProps) {
  const { t } = useTranslation();
  const drafts: FieldDrafts = startOfFields(fields, readFieldDrafts(text));
  const missing = isChecked ? missingFields(fields, drafts) : [];
  const errorOf = (key: string) => {
    if (missing.includes(key)) return t('form.required');
    const refused = problem?.fields.find(({ field }) => field === `custom_fields.${key}`);
    return refused && problemWords(refused);
  };
  return fields.map((field) => (
    <CustomFieldInput
      key={field.key}
      field={field}
      size={size}
      draft={drafts[field.key] ?? ''}
      error={errorOf(field.key)}
      onDraft={(draft) => onText(JSON.stringify({ ...drafts, [field.key]: draft }))}
    />
  ));
}
