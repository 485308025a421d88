import { ScrollArea, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BulkOutcome } from '@/api';
import { outcomeWords } from '@/ui/feedback/problem-words';
import { useFieldWords } from '../../hooks/use-field-words';

/** Which tickets are refused, and why. */
export function RefusedTable({ refused }: { refused: readonly BulkOutcome[] }) {
  const { t } = useTranslation('tickets');
  const { fieldName } = useFieldWords();
  // The API asks for people and teams by their ids.
  const nameOf = (field: string) => fieldName((field.split('.').at(-1) ?? field).replace(/_id$/, ''));
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
              <Table.Td>{outcomeWords(outcome, nameOf)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
