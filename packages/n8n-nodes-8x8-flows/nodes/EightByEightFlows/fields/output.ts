import type { INodeProperties } from 'n8n-workflow';
import type { Flow } from '../../api/flow';
import type { Parameter } from '../../engine/read';
import { InvalidInput } from '../../engine/refusal';

/** An option: in which keys an answer comes out. */
export const outputOption: INodeProperties = {
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
export function readOutput(parameter: Parameter, inKaleyraKeys: (answer: Flow) => Flow) {
	const output = parameter('options.output', 'native');
	if (output === 'native') return (answer: Flow) => answer;
	if (output === 'kaleyra') return inKaleyraKeys;
	throw new InvalidInput(
		`Output is neither native nor kaleyra: ${JSON.stringify(output)}`,
		'Choose one of the list, or let its expression give native or kaleyra.',
	);
}
