import { Button, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { useCategoryChoices, useSubcategoryChoices } from '../../hooks/use-categories';

interface CategoryEditorProps {
  ticket: TicketView;
  onSave: (value: { category: string | null; subcategory: string | null }) => void;
}

type Choices = { value: string; label: string }[];

/** A value that is no choice any more stays one for the ticket that has it. */
function withOwn(choices: Choices, own: string | null): Choices {
  return !own || choices.some((choice) => choice.value === own) ? choices : [{ value: own, label: own }, ...choices];
}

/** Category and, below it, subcategory. */
export function CategoryEditor({ ticket, onSave }: CategoryEditorProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const [category, setCategory] = useState(ticket.category ?? null);
  const [subcategory, setSubcategory] = useState(ticket.subcategory ?? null);
  const categories = withOwn(useCategoryChoices(), category);
  const subcategories = withOwn(useSubcategoryChoices(category), subcategory);
  const select = {
    searchable: true,
    clearable: true,
    selectFirstOptionOnChange: true,
    comboboxProps: { withinPortal: false },
    nothingFoundMessage: t('common:form.nothingFound'),
  };
  return (
    <Stack gap="xs" w={260}>
      <Select
        {...select}
        label={t('field.category')}
        data={categories}
        value={category}
        onChange={(value) => {
          setCategory(value);
          setSubcategory(null);
        }}
        data-autofocus
      />
      <Select
        {...select}
        label={t('field.subcategory')}
        data={subcategories}
        disabled={!category || subcategories.length === 0}
        value={subcategory}
        onChange={setSubcategory}
      />
      <Button onClick={() => onSave({ category, subcategory })}>{t('common:form.save')}</Button>
    </Stack>
  );
}
