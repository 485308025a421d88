import { ActionIcon, Badge, Menu, Text } from '@mantine/core';
import type { DragEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuAction } from '@/ui/action/MenuAction';
import { IconChevronDown, IconChevronRight, IconDots, IconGrip } from '@/ui/icons';
import type { TreeRow, Zone } from '../tree';
import type { CategoryVerb } from './CategoryTree';
import classes from './categories.module.css';

interface CategoryRowProps {
  row: TreeRow;
  isOpen: boolean;
  isStop: boolean;
  isReadOnly: boolean;
  isDragged: boolean;
  /** Where on this row a drop would land. */
  zone?: Zone;
  onFocus: () => void;
  onToggle: (isOpen: boolean) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onVerb: (verb: CategoryVerb) => void;
  onDragStart: () => void;
  /** Says whether a drop is possible. */
  onDragOver: (zone: Zone) => boolean;
  onDrop: () => void;
  onDragEnd: () => void;
}

function zoneOf(event: DragEvent<HTMLElement>): Zone {
  const { top, height } = event.currentTarget.getBoundingClientRect();
  const part = (event.clientY - top) / height;
  if (part < 0.3) return 'before';
  return part > 0.7 ? 'after' : 'inside';
}

/** One category of the tree. */
export function CategoryRow(props: CategoryRowProps) {
  const { row, isOpen, isReadOnly } = props;
  const { t } = useTranslation('admin');
  const { category, level } = row;
  const hasChildren = category.child_count > 0;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <li
      className={classes.row}
      role="treeitem"
      aria-level={level}
      aria-posinset={row.number}
      aria-setsize={row.siblings}
      aria-expanded={hasChildren ? isOpen : undefined}
      aria-label={category.is_active ? category.name : `${category.name}, ${t('categories.inactive')}`}
      data-category={category.id}
      data-zone={props.zone}
      data-dragged={props.isDragged || undefined}
      tabIndex={props.isStop ? 0 : -1}
      style={{ paddingInlineStart: (level - 1) * 24 + 8 }}
      draggable={!isReadOnly}
      onFocus={(event) => event.target === event.currentTarget && props.onFocus()}
      onKeyDown={props.onKeyDown}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', category.name);
        props.onDragStart();
      }}
      onDragOver={(event) => {
        if (!props.onDragOver(zoneOf(event))) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
      }}
      onDrop={(event) => {
        event.preventDefault();
        props.onDrop();
      }}
      onDragEnd={props.onDragEnd}
    >
      {!isReadOnly && <IconGrip aria-hidden size={14} className={classes.grip} />}
      {hasChildren ? (
        <ActionIcon
          tabIndex={-1}
          aria-label={t(isOpen ? 'categories.close' : 'categories.open', { name: category.name })}
          onClick={() => props.onToggle(!isOpen)}
        >
          <Chevron aria-hidden size={16} />
        </ActionIcon>
      ) : (
        <span className={classes.noToggle} />
      )}
      <Text size="sm" truncate c={category.is_active ? undefined : 'dimmed'}>
        {category.name}
      </Text>
      {!category.is_active && <Badge color="gray">{t('categories.inactive')}</Badge>}
      {!isReadOnly && <RowMenu {...props} />}
    </li>
  );
}

function RowMenu({ row, isStop, onVerb }: CategoryRowProps) {
  const { t } = useTranslation('admin');
  const { category } = row;
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon ms="auto" tabIndex={isStop ? 0 : -1} aria-label={t('categories.actions', { name: category.name })}>
          <IconDots aria-hidden size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onVerb('add')}>{t('categories.addBelow')}</Menu.Item>
        <Menu.Item onClick={() => onVerb('rename')}>{t('categories.rename')}</Menu.Item>
        <Menu.Item onClick={() => onVerb('move')}>{t('categories.moveTo')}</Menu.Item>
        {category.is_active ? (
          <Menu.Item onClick={() => onVerb('retire')}>{t('categories.retire')}</Menu.Item>
        ) : (
          <Menu.Item onClick={() => onVerb('activate')}>{t('categories.activate')}</Menu.Item>
        )}
        <MenuAction
          color="red"
          label={t('categories.delete')}
          refusal={category.child_count > 0 ? t('categories.hasChildren') : null}
          run={() => onVerb('delete')}
        />
      </Menu.Dropdown>
    </Menu>
  );
}
