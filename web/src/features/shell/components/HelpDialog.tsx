import { Anchor, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useAllActions } from '@/actions/use-actions';
import { Keys } from '@/ui/text/Keys';

function bySection(actions: readonly Action[]): [string, Action[]][] {
  const sections = Map.groupBy(
    actions.filter((action) => action.shortcut),
    (action) => action.section,
  );
  return [...sections.entries()];
}

/** `?`: every shortcut that works on this page, from the same definitions that make them work. */
export function HelpDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const actions = useAllActions();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('help.title')} size="lg">
      <Stack gap="md">
        {bySection(actions).map(([section, items]) => (
          <div key={section}>
            <Text size="sm" fw={600} mb={4}>
              {section}
            </Text>
            <Table verticalSpacing={4} aria-label={section}>
              <Table.Tbody>
                {items.map((action) => (
                  <Table.Tr key={action.id}>
                    <Table.Td>{action.label}</Table.Td>
                    <Table.Td w={160}>
                      <Group justify="flex-end" gap="sm" wrap="nowrap">
                        <Keys shortcut={action.shortcut ?? ''} />
                        {action.alias && <Keys shortcut={action.alias} />}
                      </Group>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        ))}
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/help/$page" params={{ page: 'user-guide' }} {...props} onClick={onClose} />}
        >
          {t('nav.guide')}
        </Anchor>
      </Stack>
    </Modal>
  );
}
