import { Group, Pagination } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface PagesProps {
  page: number;
  pages: number;
  onPage: (page: number) => void;
}

/** Numbered pages below a list; nothing when there is only one. */
export function Pages({ page, pages, onPage }: PagesProps) {
  const { t } = useTranslation();
  if (pages <= 1) return null;
  const names = {
    first: t('pages.first'),
    previous: t('pages.previous'),
    next: t('pages.next'),
    last: t('pages.last'),
  };
  return (
    <Group component="nav" aria-label={t('pages.label')} justify="center" p="sm">
      <Pagination
        size="sm"
        total={pages}
        value={page}
        onChange={onPage}
        getControlProps={(control) => ({ 'aria-label': names[control] })}
        getItemProps={(number) => ({ 'aria-label': t('pages.number', { number }) })}
      />
    </Group>
  );
}
