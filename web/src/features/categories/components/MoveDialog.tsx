import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CategoryView } from '@/api';
import { childrenOf, type Place, subtree } from '../tree';

interface MoveDialogProps {
  all: readonly CategoryView[];
  category: CategoryView;
  onMove: (place: Place) => void;
  onClose: () => void;
}

const TOP = 'top';

/** "Move to…": below which category, and after which one. */
export function MoveDialog({ all, category, onMove, onClose }: MoveDialogProps) {
  const { t } = useTranslation(['admin', 'common']);
  const [parent, setParent] = useState<string>(category.parent_id ?? TOP);
  const [after, setAfter] = useState<string>('');
  const own = subtree(all, category.id);
  const parents = [
    { value: TOP, label: t('categories.top') },
    ...all.filter((each) => !own.has(each.id)).map((each) => ({ value: each.id, label: each.path.join(' › ') })),
  ];
  const parent_id = parent === TOP ? null : parent;
  const siblings = childrenOf(all, parent_id).filter((each) => each.id !== category.id);
  const places = [
    { value: '', label: t('categories.last') },
    { value: TOP, label: t('categories.first') },
    ...siblings.map((each) => ({ value: each.id, label: t('categories.after', { name: each.name }) })),
  ];
  const position = () => {
    if (after === TOP) return 0;
    const index = siblings.findIndex((each) => each.id === after);
    return index === -1 ? siblings.length : index + 1;
  };
  const submit = () => {
    onMove({ parent_id, position: position() });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('categories.moveTitle', { name: category.name })}>
      <Stack gap="sm">
        <Select
          label={t('categories.below')}
          data-autofocus
          searchable
          allowDeselect={false}
          selectFirstOptionOnChange
          nothingFoundMessage={t('common:form.nothingFound')}
          data={parents}
          value={parent}
          onChange={(value) => {
            setParent(value ?? TOP);
            setAfter('');
          }}
        />
        <Select
          label={t('categories.place')}
          allowDeselect={false}
          data={places}
          value={after}
          onChange={(value) => setAfter(value ?? '')}
        />
      </Stack>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('common:form.cancel')}
        </Button>
        <Button onClick={submit}>{t('categories.move')}</Button>
      </Group>
    </Modal>
  );
}
