import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { Refusable } from '@/ui/action/Refusable';
import { IconChevronDown, IconSend } from '@/ui/icons';
import { isAllowed } from '../../model';
import type { SendVerb } from '../../unsent';

const VERBS: readonly SendVerb[] = ['start', 'resume', 'hold', 'resolve', 'close'];

interface SendButtonProps {
  ticket: TicketView;
  isInternal: boolean;
  isEmpty: boolean;
  isSending: boolean;
  onSend: (verb?: SendVerb) => void;
}

/** Sends; beside a public reply stand the steps that can go with it. */
export function SendButton({ ticket, isInternal, isEmpty, isSending, onSend }: SendButtonProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const waits = isSending ? t('page.busy') : isEmpty ? t('common:refused.nothingWritten') : null;
  const verbs = isInternal ? [] : VERBS.filter((verb) => isAllowed(ticket, verb));
  const more = (
    <ActionIcon variant="filled" color="harbour" size={30} aria-label={t('composer.sendAnd')}>
      <IconChevronDown aria-hidden size={15} />
    </ActionIcon>
  );
  return (
    <Group gap={1} wrap="nowrap">
      <Refusable reason={isEmpty && !isSending ? t('common:refused.nothingWritten') : null}>
        <Button
          type="submit"
          color={isInternal ? 'yellow' : undefined}
          loading={isSending}
          leftSection={<IconSend aria-hidden size={15} />}
        >
          {isInternal ? t('composer.note') : t('composer.send')}
        </Button>
      </Refusable>
      {verbs.length > 0 && waits && <Refusable reason={waits}>{more}</Refusable>}
      {verbs.length > 0 && !waits && (
        <Menu position="top-end" shadow="md">
          <Menu.Target>{more}</Menu.Target>
          <Menu.Dropdown>
            {verbs.map((verb) => (
              <Menu.Item key={verb} onClick={() => onSend(verb)}>
                {t(`composer.sendWith.${verb}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}
