import { ActionIcon, Menu, SegmentedControl } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { IconColumns } from '@/ui/icons';
import { DENSITIES, type useListLooks } from '../../hooks/use-list-looks';
import { COLUMN_NAMES, type ColumnName } from '../../queue-columns';
import { GROUP_FIELDS, type QueueSearch } from '../../schemas';

interface LooksMenuProps {
  search: QueueSearch;
  columns: readonly ColumnName[];
  list: ReturnType<typeof useListLooks>;
}

/** Which columns stand in the list, and how close its rows. */
export function LooksMenu({ search, columns, list }: LooksMenuProps) {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
  const { looks, change } = list;
  const choose = (chosen: string[]) => {
    const names = [...columns.filter((name) => chosen.includes(name)), ...COLUMN_NAMES].filter(
      (name, index, all) => chosen.includes(name) && all.indexOf(name) === index,
    );
    // What a view is made of goes to the address; otherwise it is the person's own habit.
    if (search.view && search.view !== 'all') {
      void navigate({ to: '/agent/tickets', search: (before) => ({ ...before, columns: names }), replace: true });
    } else {
      change({ columns: names });
    }
  };
  const group = (value: string) =>
    void navigate({
      to: '/agent/tickets',
      search: (before) => ({ ...before, group: GROUP_FIELDS.find((name) => name === value) }),
      replace: true,
    });
  return (
    <Menu position="bottom-end" shadow="md" width={250} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('looks.label')} title={t('looks.label')}>
          <IconColumns aria-hidden size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('looks.density')}</Menu.Label>
        <SegmentedControl
          fullWidth
          mx="xs"
          mb="xs"
          aria-label={t('looks.density')}
          value={looks.density}
          onChange={(value) => change({ density: DENSITIES.find((density) => density === value) ?? 'normal' })}
          data={DENSITIES.map((density) => ({ value: density, label: t(`looks.${density}`) }))}
        />
        <Menu.Divider />
        <Menu.Label>{t('group.label')}</Menu.Label>
        <Menu.RadioGroup value={search.group ?? 'none'} onChange={group}>
          {(['none', ...GROUP_FIELDS] as const).map((name) => (
            <Menu.RadioItem key={name} value={name}>
              {name === 'none' ? t('group.none') : t(`field.${name}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t('looks.columns')}</Menu.Label>
        <Menu.CheckboxGroup value={[...columns]} onChange={choose}>
          {COLUMN_NAMES.map((name) => (
            <Menu.CheckboxItem key={name} value={name} disabled={name === 'title'}>
              {t(`field.${name}`)}
            </Menu.CheckboxItem>
          ))}
        </Menu.CheckboxGroup>
        <Menu.Divider />
        <Menu.Item
          onClick={() => {
            change({ columns: [], widths: {} });
            void navigate({
              to: '/agent/tickets',
              search: (before) => ({ ...before, columns: undefined }),
              replace: true,
            });
          }}
        >
          {t('looks.reset')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
