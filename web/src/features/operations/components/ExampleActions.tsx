import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useExample } from '../hooks/use-example';
import { ExampleSignIns } from './ExampleSignIns';
import { RemoveExample } from './RemoveExample';

/** Beside the list of organizations: adds the example, or removes it. */
export function ExampleActions() {
  const { t } = useTranslation('example');
  const { answer, made, forget, isAdding, add, remove } = useExample();
  if (!answer.data) return null;
  return (
    <>
      {answer.data.organization ? (
        <RemoveExample remove={remove} />
      ) : (
        <Button variant="default" loading={isAdding} onClick={add}>
          {t('add')}
        </Button>
      )}
      <Modal
        opened={made !== null}
        onClose={forget}
        title={made?.organization.name}
        size="lg"
        // The password is not shown again, so no stray click takes it away.
        closeOnClickOutside={false}
      >
        {made && <ExampleSignIns made={made} />}
      </Modal>
    </>
  );
}
