/**
 * The front door, {@code Restage}, and the handle of a run, {@code Run}. The rooms of core behind it:
 *
 * <ul>
 *   <li>{@code masking}: policies, which say what becomes of each column; {@code masking.value} has the masks, {@code masking.text}
 *       finds people in running text
 *   <li>{@code provider}: what every provider implements; {@code provider.database}, {@code .media}, {@code .code} and {@code .app} have
 *       the roles and their values
 *   <li>{@code plan}: environments, plans, steps and previews, and their forms as text
 *   <li>{@code run}: what a run tells while it goes on and leaves behind
 *   <li>{@code store}: where the journals of runs are kept
 *   <li>{@code engine}: previews, runs, resumes and undoes plans; not for users
 *   <li>{@code report}: what people see of a run
 *   <li>{@code notify}: messages to a file
 * </ul>
 *
 * <p>None of them knows a vendor, a protocol or a framework.
 */
@NullMarked
package dev.restage;

import org.jspecify.annotations.NullMarked;
