import { ActionIcon, Button, Group, Menu, Modal, Text, VisuallyHidden } from '@mantine/core';
import { type ComponentProps, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, columnsFor } from '../data-table/features';
import { ConfirmDialog } from '../feedback/ConfirmDialog';
import { IconDots, IconPlus } from '../icons';
import { ListPage } from './ListPage';

type Base<Row extends object> = Omit<
  ComponentProps<typeof ListPage<Row>>,
  'action' | 'onOpen' | 'renderCard' | 'empty'
>;

interface EditableListPageProps<Row extends object> extends Base<Row> {
  empty: Omit<ComponentProps<typeof ListPage<Row>>['empty'], 'action'>;
  columns: Column<Row>[];
  isReadOnly: boolean;
  words: {
    add: string;
    edit: (row: Row) => string;
    delete: string;
    deleteTitle: (row: Row) => string;
    deleteHelp: string;
  };
  /** The form for a record, or for a new one. */
  form: (row: Row | null, onClose: () => void) => ReactNode;
  onDelete: (row: Row) => Promise<unknown>;
  /** More entries for the menu of a row. */
  items?: (row: Row) => ReactNode;
  /** Below the name on a phone. */
  summary: (row: Row) => ReactNode;
  modalSize?: string;
}

/** A list whose records are added and changed in a dialog over it. */
export function EditableListPage<Row extends object>(props: EditableListPageProps<Row>) {
  const { words, isReadOnly, getRowLabel, items, ...list } = props;
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Row | 'new' | null>(null);
  const [leaving, setLeaving] = useState<Row | null>(null);
  const record = edited === 'new' ? null : edited;
  const columns = useMemo(() => {
    if (isReadOnly) return props.columns;
    const column = columnsFor<Row>();
    const actions = column.display({
      id: 'actions',
      header: () => <VisuallyHidden>{t('list.actions')}</VisuallyHidden>,
      size: 52,
      meta: { label: t('list.actions') },
      cell: ({ row }) => (
        <Group justify="flex-end">
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <ActionIcon aria-label={t('list.actionsFor', { name: getRowLabel(row.original) })}>
                <IconDots aria-hidden size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setEdited(row.original)}>{t('form.edit')}</Menu.Item>
              {items?.(row.original)}
              <Menu.Item color="red" onClick={() => setLeaving(row.original)}>
                {words.delete}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      ),
    });
    return [...props.columns, actions];
  }, [props.columns, isReadOnly, t, getRowLabel, items, words.delete]);
  const add = !isReadOnly && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setEdited('new')}>
      {words.add}
    </Button>
  );
  return (
    <>
      <ListPage
        {...list}
        getRowLabel={getRowLabel}
        columns={columns}
        action={add}
        empty={{ ...props.empty, action: add }}
        onOpen={isReadOnly ? undefined : setEdited}
        renderCard={(row) => (
          <>
            {isReadOnly ? (
              <Text size="sm" fw={600}>
                {getRowLabel(row)}
              </Text>
            ) : (
              <Button variant="transparent" size="compact-sm" px={0} c="inherit" onClick={() => setEdited(row)}>
                {getRowLabel(row)}
              </Button>
            )}
            {props.summary(row)}
          </>
        )}
      />
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={record ? words.edit(record) : words.add}
        size={props.modalSize ?? 'lg'}
      >
        {props.form(record, () => setEdited(null))}
      </Modal>
      <ConfirmDialog
        isOpen={leaving !== null}
        title={leaving ? words.deleteTitle(leaving) : ''}
        confirm={words.delete}
        isDangerous
        onConfirm={async () => leaving && props.onDelete(leaving)}
        onClose={() => setLeaving(null)}
      >
        {words.deleteHelp}
      </ConfirmDialog>
    </>
  );
}
