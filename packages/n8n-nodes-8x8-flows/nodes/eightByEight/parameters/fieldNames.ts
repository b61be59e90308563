import type { INodeProperties } from 'n8n-workflow';
import type { Flow } from '../flow';
import type { GetParameter } from '../../shared/node/parameters';
import { InvalidInputError } from '../../shared/errors';

/** An option: in which keys an answer comes out. */
export const fieldNamesOption: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'As 8x8 Gives It',
			value: 'native',
			description: 'With keys such as flowId and validationErrors',
		},
		{
			name: 'In Kaleyra’s Keys',
			value: 'kaleyra',
			description:
				'With keys such as validation_errors, so that one workflow can serve both providers',
		},
	],
	default: 'native',
	description: 'In which keys the answer comes out',
};

/**
 * @param inKaleyraKeys what the answer is in Kaleyra's keys
 * @throws {InvalidInput} where an expression gives another value
 */
export function parseFieldNames(parameter: GetParameter, toSnakeCaseFlow: (answer: Flow) => Flow) {
	const output = parameter('options.output', 'native');
	if (output === 'native') return (answer: Flow) => answer;
	if (output === 'kaleyra') return toSnakeCaseFlow;
	throw new InvalidInputError(
		`Output is neither native nor kaleyra: ${JSON.stringify(output)}`,
		'Choose one of the list, or let its expression give native or kaleyra.',
	);
}
