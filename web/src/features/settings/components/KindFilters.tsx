import { useTranslation } from 'react-i18next';
import { FilterMenu } from '@/ui/filter/FilterMenu';
import { isKind, KINDS } from '../kinds';
import type { KindSearch } from '../schemas';

interface KindFiltersProps {
  search: KindSearch;
  onChange: (change: KindSearch) => void;
}

/** Which kind of ticket, and whether in use. */
export function KindFilters({ search, onChange }: KindFiltersProps) {
  const { t } = useTranslation('settings');
  return (
    <>
      <FilterMenu
        label={t('kind.label')}
        isSingle
        choices={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        value={search.of_kind ? [search.of_kind] : []}
        onChange={([kind]) => onChange({ of_kind: isKind(kind) ? kind : undefined, page: undefined })}
      />
      <FilterMenu
        label={t('state.label')}
        isSingle
        choices={[
          { value: 'active', label: t('state.active') },
          { value: 'inactive', label: t('state.inactive') },
        ]}
        value={search.in_use ? [search.in_use] : []}
        onChange={([state]) =>
          onChange({ in_use: state === 'active' || state === 'inactive' ? state : undefined, page: undefined })
        }
      />
    </>
  );
}
