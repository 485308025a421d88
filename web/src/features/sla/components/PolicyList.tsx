import { ActionIcon, Anchor, Badge, Group, Menu, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CalendarView, operation, type PolicyView, updateSlaPolicy } from '@/api';
import { minutesWord } from '@/lib/minutes';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { notifyUndo } from '@/ui/feedback/notify-undo';
import { IconDots, IconGrip } from '@/ui/icons';
import { minutesIn, PRIORITIES, reordered } from '../policy';
import classes from './sla.module.css';

interface PolicyListProps {
  policies: readonly PolicyView[];
  calendars: readonly CalendarView[];
  isReadOnly: boolean;
}

/** Policies from the first to the last; order by dragging, and by the menu of each. */
export function PolicyList({ policies, calendars, isReadOnly }: PolicyListProps) {
  const { t } = useTranslation(['sla', 'tickets']);
  const client = useQueryClient();
  const [drag, setDrag] = useState<{ id: string; over?: string; side?: 'before' | 'after' } | null>(null);

  /** Numbers every policy whose place changed. */
  const write = async (ids: readonly string[]) => {
    for (const [position, id] of ids.entries()) {
      const policy = policies.find((each) => each.id === id);
      if (policy && policy.position !== position) await updateSlaPolicy({ path: { id }, body: { position } });
    }
    await client.invalidateQueries({ queryKey: operation('listSlaPolicies') });
  };
  const move = (policy: PolicyView, to: number) => {
    const before = policies.map((each) => each.id);
    const after = reordered(policies, policy.id, to);
    if (after.join() === before.join()) return;
    write(after)
      .then(() => notifyUndo(t('policies.moved', { name: policy.name, number: to + 1 }), () => write(before)))
      .catch(notifyProblem);
  };
  const drop = () => {
    const moved = policies.find((policy) => policy.id === drag?.id);
    const others = policies.filter((policy) => policy.id !== drag?.id);
    const index = others.findIndex((policy) => policy.id === drag?.over);
    if (moved && index >= 0) move(moved, drag?.side === 'after' ? index + 1 : index);
    setDrag(null);
  };
  const over = (event: DragEvent<HTMLElement>, policy: PolicyView) => {
    if (!drag || drag.id === policy.id) return;
    event.preventDefault();
    const { top, height } = event.currentTarget.getBoundingClientRect();
    const side = event.clientY < top + height / 2 ? 'before' : 'after';
    if (drag.over !== policy.id || drag.side !== side) setDrag({ id: drag.id, over: policy.id, side });
  };
  const summary = (policy: PolicyView) =>
    PRIORITIES.map((priority) => {
      const { [priority]: target } = policy.targets;
      const words = [minutesIn(target, 'response'), minutesIn(target, 'resolution')].map(
        (minutes) => minutesWord(minutes) || '–',
      );
      return `${t(`tickets:priority.${priority}`)} ${words.join(' / ')}`;
    }).join(' · ');

  return (
    <ol className={classes.rows}>
      {policies.map((policy, index) => (
        <li
          key={policy.id}
          className={classes.policy}
          draggable={!isReadOnly}
          data-over={drag?.over === policy.id ? drag.side : undefined}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            event.dataTransfer.setData('text/plain', policy.name);
            setDrag({ id: policy.id });
          }}
          onDragOver={(event) => over(event, policy)}
          onDrop={(event) => {
            event.preventDefault();
            drop();
          }}
          onDragEnd={() => setDrag(null)}
        >
          <Group gap="sm" wrap="nowrap" align="flex-start">
            {!isReadOnly && <IconGrip aria-hidden size={14} className={classes.grip} style={{ marginBlockStart: 4 }} />}
            <div style={{ flex: 1, minWidth: 0 }}>
              <Group gap="xs">
                <Anchor
                  size="sm"
                  fw={550}
                  c="inherit"
                  renderRoot={(props) => <Link to="/admin/policies/$id" params={{ id: policy.id }} {...props} />}
                >
                  {policy.name}
                </Anchor>
                <Badge color="gray">{t(`agreement.${policy.agreement}`)}</Badge>
                {!policy.is_active && <Badge color="orange">{t('policies.inactive')}</Badge>}
              </Group>
              <Text size="xs" c="dimmed">
                {policy.condition ? t('policies.conditional') : t('policies.everyTicket')} ·{' '}
                {calendars.find((calendar) => calendar.id === policy.calendar_id)?.name}
              </Text>
              <Text size="xs" c="dimmed">
                {summary(policy)}
              </Text>
            </div>
            {!isReadOnly && policies.length > 1 && (
              <Menu position="bottom-end" shadow="md">
                <Menu.Target>
                  <ActionIcon aria-label={t('policies.actions', { name: policy.name })}>
                    <IconDots aria-hidden size={16} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  {index > 0 && (
                    <>
                      <Menu.Item onClick={() => move(policy, 0)}>{t('policies.toFirst')}</Menu.Item>
                      <Menu.Item onClick={() => move(policy, index - 1)}>{t('policies.up')}</Menu.Item>
                    </>
                  )}
                  {index < policies.length - 1 && (
                    <>
                      <Menu.Item onClick={() => move(policy, index + 1)}>{t('policies.down')}</Menu.Item>
                      <Menu.Item onClick={() => move(policy, policies.length - 1)}>{t('policies.toLast')}</Menu.Item>
                    </>
                  )}
                </Menu.Dropdown>
              </Menu>
            )}
          </Group>
        </li>
      ))}
    </ol>
  );
}
