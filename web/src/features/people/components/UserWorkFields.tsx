import { NumberInput, SimpleGrid, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '@/ui/page/Panel';
import type { UserFieldsProps } from './UserWhoFields';

/** What automatic assignment looks at: skills, load, absence. */
export function UserWorkFields({ form, isReadOnly }: UserFieldsProps) {
  const { t } = useTranslation(['people', 'common']);
  return (
    <Panel title={t('users.work')} lead={t('users.workHelp')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={t('users.fields.away_from')}
          type="date"
          readOnly={isReadOnly}
          {...form.getInputProps('away_from')}
        />
        <TextInput
          label={t('users.fields.away_until')}
          type="date"
          readOnly={isReadOnly}
          {...form.getInputProps('away_until')}
        />
        <NumberInput
          label={t('users.fields.max_open_tickets')}
          placeholder={t('users.noLimit')}
          min={0}
          max={1000}
          allowDecimal={false}
          hideControls
          readOnly={isReadOnly}
          {...form.getInputProps('max_open_tickets')}
        />
        <NumberInput
          label={t('users.fields.experience')}
          description={t('users.experienceHelp')}
          min={0}
          max={100}
          allowDecimal={false}
          hideControls
          readOnly={isReadOnly}
          {...form.getInputProps('experience')}
        />
      </SimpleGrid>
      <TagsInput
        mt="sm"
        label={t('users.fields.skills')}
        description={t('users.skillsHelp')}
        readOnly={isReadOnly}
        {...form.getInputProps('skills')}
      />
    </Panel>
  );
}
