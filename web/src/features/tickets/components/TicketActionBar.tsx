import { Button, Group, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { ActionButton } from '@/ui/action/ActionButton';
import { MenuAction } from '@/ui/action/MenuAction';
import { IconChevronDown } from '@/ui/icons';
import type { VerbAction } from '../hooks/use-ticket-actions';

interface TicketActionBarProps {
  actions: readonly VerbAction[];
  /** What else can be done: in the menu alone. */
  others: readonly Action[];
  isMenuOpen: boolean;
  onMenu: (isOpen: boolean) => void;
}

/** The next step stands out, what is also possible stands beside it, the refused is in the menu with its reason. */
export function TicketActionBar({ actions, others, isMenuOpen, onMenu }: TicketActionBarProps) {
  const { t } = useTranslation('tickets');
  const possible = actions.filter((action) => !action.refusal);
  const steps = possible.filter(
    (action) => action.verb !== 'assign' && action.verb !== 'cancel' && action.verb !== 'hold',
  );
  const next = steps.find((action) => action.id !== 'ticket.assign-me');
  const shown = [...(next ? [next] : []), ...possible.filter((action) => action.verb === 'assign')];
  return (
    <Group gap="xs" role="group" aria-label={t('page.actions')} className="no-print">
      {shown.map((action) => (
        <ActionButton key={action.id} action={action} variant={action === next ? 'filled' : 'default'} />
      ))}
      <Menu opened={isMenuOpen} onChange={onMenu} position="bottom-start" width={300} shadow="md" keepMounted={false}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown aria-hidden size={14} />}>
            {t('page.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={460} style={{ overflowY: 'auto' }}>
          {actions.map((action) => (
            <ActionItem key={action.id} action={action} isFirst={action === possible[0]} />
          ))}
          <Menu.Divider />
          {others.map((action) => (
            <ActionItem key={action.id} action={action} isFirst={false} />
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function ActionItem({ action, isFirst }: { action: Action; isFirst: boolean }) {
  const Icon = action.icon;
  return (
    <MenuAction
      label={action.label}
      icon={Icon && <Icon aria-hidden size={16} />}
      refusal={action.refusal}
      isFirst={isFirst}
      run={action.run}
    />
  );
}
