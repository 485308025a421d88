import { Button, Stack, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface TagsEditorProps {
  tags: readonly string[];
  onSave: (tags: string[]) => void;
}

/** All tags of a ticket. */
export function TagsEditor({ tags, onSave }: TagsEditorProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const [value, setValue] = useState<string[]>([...tags]);
  return (
    <Stack gap="xs" w={280}>
      <TagsInput
        label={t('field.tags')}
        description={t('bulk.tagsHelp')}
        acceptValueOnBlur
        maxTags={50}
        value={value}
        onChange={setValue}
        data-autofocus
      />
      <Button onClick={() => onSave(value)}>{t('common:form.save')}</Button>
    </Stack>
  );
}
