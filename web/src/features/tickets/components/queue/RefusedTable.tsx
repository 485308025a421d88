import { ScrollArea, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BulkOutcome } from '@/api';

/** Which tickets are refused, and why. */
export function RefusedTable({ refused }: { refused: readonly BulkOutcome[] }) {
  const { t } = useTranslation('tickets');
  return (
    <ScrollArea.Autosize mah={320} mt="sm" viewportProps={{ tabIndex: 0 }}>
      <Table verticalSpacing={6} aria-label={t('bulk.refusedList')}>
        <Table.Tbody>
          {refused.map((outcome) => (
            <Table.Tr key={outcome.ticket}>
              <Table.Td w={120}>
                <Text size="sm" fw={550}>
                  {outcome.ticket}
                </Text>
              </Table.Td>
              <Table.Td>{outcome.reason}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
