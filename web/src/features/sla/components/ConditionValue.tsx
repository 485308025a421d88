import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldView } from '@/api';
import { fromLocalInput, toLocalInput } from '@/lib/local-time';
import type { Test } from '@/ui/condition-builder/condition';

interface ConditionValueProps {
  test: Test;
  field?: FieldView;
  /** What the field can be, where there is a list of it. */
  choices: readonly { value: string; label: string }[] | null;
  label: string;
  onChange: (value: unknown) => void;
  isReadOnly: boolean;
}

const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

/** The control for what a test compares with, by the type of its field. */
export function ConditionValue({ test, field, choices, label, onChange, isReadOnly }: ConditionValueProps) {
  const { t } = useTranslation(['sla', 'common']);
  const takes = field?.operators.find((operator) => operator.op === test.op)?.takes;
  const same = { 'aria-label': label, readOnly: isReadOnly };
  if (takes === 'duration') {
    return (
      <TextInput
        {...same}
        placeholder={t('condition.duration')}
        value={String(test.value ?? '')}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  const nothing = { nothingFoundMessage: t('common:form.nothingFound') };
  if (choices && takes === 'list') {
    return (
      <MultiSelect {...same} {...nothing} searchable data={choices} value={texts(test.value)} onChange={onChange} />
    );
  }
  if (choices) {
    const value = typeof test.value === 'string' ? test.value : null;
    return (
      <Select
        {...same}
        {...nothing}
        searchable
        allowDeselect={false}
        data={choices}
        value={value}
        onChange={onChange}
      />
    );
  }
  if (takes === 'list') return <TagsInput {...same} value={texts(test.value)} onChange={onChange} />;
  if (field?.type === 'number') {
    const value = typeof test.value === 'number' ? test.value : '';
    return (
      <NumberInput {...same} hideControls value={value} onChange={(next) => onChange(next === '' ? undefined : next)} />
    );
  }
  if (field?.type === 'flag') {
    return (
      <Select
        {...same}
        allowDeselect={false}
        data={[
          { value: 'true', label: t('common:form.yes') },
          { value: 'false', label: t('common:form.no') },
        ]}
        value={typeof test.value === 'boolean' ? String(test.value) : null}
        onChange={(word) => onChange(word === 'true')}
      />
    );
  }
  if (field?.type === 'instant') {
    return (
      <TextInput
        {...same}
        type="datetime-local"
        value={toLocalInput(typeof test.value === 'string' ? test.value : null)}
        onChange={(event) => onChange(fromLocalInput(event.currentTarget.value) ?? undefined)}
      />
    );
  }
  return (
    <TextInput {...same} value={String(test.value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}
