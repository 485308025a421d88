import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconClose } from '@/ui/icons';
import type { QueueSearch } from '../../schemas';

const NAMES = [
  'requester',
  'requested_for',
  'watched_by',
  'subcategory',
  'tag',
  'parent',
  'created_after',
  'created_before',
  'updated_after',
  'updated_before',
  'resolved_after',
  'resolved_before',
  'external_reference',
] as const;
type Name = (typeof NAMES)[number];

interface OtherFiltersProps {
  search: QueueSearch;
  onRemove: (name: Name) => void;
}

/** Filters that came with a view or a link and have no menu: what they are, and the way to take them off. */
export function OtherFilters({ search, onRemove }: OtherFiltersProps) {
  const { t } = useTranslation('tickets');
  return NAMES.flatMap((name) => {
    const value = search[name];
    if (!value) return [];
    const words = t('queue.otherFilter', { name: t(`filter.${name}`), value: value === 'me' ? t('queue.me') : value });
    return (
      <Button
        key={name}
        variant="light"
        fw={500}
        rightSection={<IconClose aria-hidden size={13} />}
        aria-label={t('queue.removeFilter', { filter: words })}
        onClick={() => onRemove(name)}
      >
        {words}
      </Button>
    );
  });
}
