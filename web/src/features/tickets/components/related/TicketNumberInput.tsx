import { Autocomplete, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { searchOptions } from '@/api';

interface TicketNumberInputProps {
  label: string;
  value: string;
  error?: React.ReactNode;
  /** A ticket that makes no sense here: itself. */
  except: string;
  onChange: (value: string) => void;
}

/** A ticket by its number, or found by words. */
export function TicketNumberInput({ label, value, error, except, onChange }: TicketNumberInputProps) {
  const { t } = useTranslation('tickets');
  const [words] = useDebouncedValue(value.trim(), 200);
  const found = useQuery({
    ...searchOptions({ query: { q: words } }),
    enabled: words.length > 1,
    placeholderData: keepPreviousData,
  });
  const hits = (found.data?.data ?? []).filter((hit) => hit.number !== except).slice(0, 8);
  const titleOf = (number: string) => hits.find((hit) => hit.number === number)?.title;
  return (
    <Autocomplete
      label={label}
      description={t('links.numberHelp')}
      data={hits.map((hit) => hit.number)}
      // The server has searched already, in more than the number.
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <Group gap="xs" wrap="nowrap">
          <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {option.value}
          </Text>
          <Text size="sm" truncate>
            {titleOf(option.value)}
          </Text>
        </Group>
      )}
      value={value}
      error={error}
      onChange={onChange}
      data-autofocus
    />
  );
}
