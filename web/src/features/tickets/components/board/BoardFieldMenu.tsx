import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FilterMenu } from '@/ui/filter/FilterMenu';
import { GROUP_FIELDS, type GroupField } from '../../schemas';

/** Chooses what the columns of the board are. */
export function BoardFieldMenu({ field }: { field: GroupField }) {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
  const choose = ([value]: string[]) =>
    void navigate({
      to: '/agent/tickets',
      search: (before) => ({ ...before, group: GROUP_FIELDS.find((name) => name === value) }),
    });
  return (
    <FilterMenu
      label={t('board.columns')}
      isSingle
      value={[field]}
      onChange={choose}
      choices={GROUP_FIELDS.map((name) => ({ value: name, label: t(`field.${name}`) }))}
    />
  );
}
