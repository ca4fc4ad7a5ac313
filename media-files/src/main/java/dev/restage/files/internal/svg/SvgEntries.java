package dev.restage.files.internal.svg;

import java.util.Set;

/**
 * The elements of a drawing and their attributes that draw, link or act. All others go, but for attributes that a style sheet or a
 * script in the drawing names.
 *
 * <p>Source: SVG 1.1 2nd edition, SVG Tiny 1.2 and SVG 2, their indexes, w3.org, read 2026-11; without those for
 * metadata ({@code about}, {@code content}, {@code property}, {@code resource}, {@code typeof}).
 */
final class SvgEntries {

    private static final Set<String> KEPT = Set.of("""
            accent-height accumulate additive alignment-baseline alphabetic alt amplitude arabic-form ascent
            attributename attributetype autofocus azimuth background bandwidth basefrequency baseline-shift
            baseprofile bbox begin bias buffered-rendering by calcmode cap-height class clip clip-path
            clip-rule clippathunits color color-interpolation color-interpolation-filters color-profile
            color-rendering contentscripttype contentstyletype crossorigin cursor cx cy d decoding
            defaultaction descent diffuseconstant dir direction display divisor dominant-baseline download dur
            dx dy edgemode editable elevation enable-background end event exponent externalresourcesrequired
            fetchpriority fill fill-opacity fill-rule filter filterres filterunits flood-color flood-opacity
            focusable focushighlight font-family font-feature-settings font-kerning font-size font-size-adjust
            font-stretch font-style font-variant font-variant-ligatures font-weight format fr from fx fy g1 g2
            glyph-name glyph-orientation-horizontal glyph-orientation-vertical glyphref gradienttransform
            gradientunits handler hanging hatchcontentunits hatchunits height hidden horiz-adv-x
            horiz-origin-x horiz-origin-y href hreflang id ideographic image-rendering in in2
            initialvisibility inline-size intercept is isolation k k1 k2 k3 k4 kernelmatrix kernelunitlength
            kerning keypoints keysplines keytimes lang lengthadjust letter-spacing lighting-color
            limitingconeangle line-height loading local marker-end marker-mid marker-start markerheight
            markerunits markerwidth mask mask-border mask-clip mask-composite mask-image mask-mode mask-origin
            mask-position mask-repeat mask-size mask-type maskcontentunits maskunits mathematical max media
            mediacharacterencoding mediacontentencodings mediasize mediatime method min mix-blend-mode mode
            nav-down nav-down-left nav-down-right nav-left nav-next nav-prev nav-right nav-up nav-up-left
            nav-up-right nonce numoctaves object-fit object-position observer offset opacity operator order
            orient orientation origin overflow overflow-x overflow-y overlay overline-position
            overline-thickness paint-order panose-1 part path pathlength patterncontentunits patterntransform
            patternunits phase ping pitch playbackorder pointer-events points pointsatx pointsaty pointsatz
            preservealpha preserveaspectratio primitiveunits propagate r radius referrerpolicy refx refy rel
            rendering-intent repeatcount repeatdur requiredextensions requiredfeatures requiredfonts
            requiredformats restart result role rotate rx ry scale seed shape-inside shape-margin
            shape-padding shape-rendering shape-subtract side sizes slope slot snapshottime solid-color
            solid-opacity spacing specularconstant specularexponent spreadmethod src srcset startoffset
            stddeviation stemh stemv stitchtiles stop-color stop-opacity strikethrough-position
            strikethrough-thickness string stroke stroke-dasharray stroke-dashoffset stroke-linecap
            stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style surfacescale syncbehavior
            syncbehaviordefault syncmaster synctolerance synctolerancedefault systemlanguage tabindex
            tablevalues target targetx targety text-anchor text-decoration text-decoration-color
            text-decoration-line text-decoration-style text-orientation text-overflow text-rendering
            text-underline-offset textlength timelinebegin title to transform transform-box transform-origin
            transformbehavior type u1 u2 underline-position underline-thickness unicode unicode-bidi
            unicode-range units-per-em v-alphabetic v-hanging v-ideographic v-mathematical values
            vector-effect version vert-adv-y vert-origin-x vert-origin-y viewbox viewport-fill viewtarget
            visibility white-space width widths will-change word-spacing writing-mode x x-height x1 x2
            xchannelselector y y1 y2 ychannelselector z zoomandpan
            """.strip().split("\\s+"));

    /** What an element of another name says nobody sees, nor what is in it. */
    private static final Set<String> ELEMENTS = Set.of("""
            a altGlyph altGlyphDef altGlyphItem animate animateColor animateMotion animateTransform animation
            audio canvas circle clipPath color-profile cursor defs desc discard ellipse feBlend feColorMatrix
            feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
            feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge
            feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
            filter flowDiv flowLine flowPara flowRegion flowRegionExclude flowRoot flowSpan flowTref font
            font-face font-face-format font-face-name font-face-src font-face-uri foreignObject g glyph
            glyphRef handler hatch hatchPath hatchpath hkern iframe image line linearGradient listener marker
            mask mesh meshGradient meshgradient meshPatch meshpatch meshRow meshrow missing-glyph mpath
            multiImage path pattern polygon polyline prefetch radialGradient rect script set solidColor
            solidcolor stop style subImage subImageRef svg switch symbol tbreak text textArea textPath title
            tref tspan unknown use video view vkern
            """.strip().split("\\s+"));

    private SvgEntries() {}

    static boolean keepsElement(String name) {
        return ELEMENTS.contains(name);
    }

    /** @param name in lower case, as pages of HTML may hold drawings */
    static boolean keeps(String name) {
        return KEPT.contains(name) || name.startsWith("aria-") || isScript(name);
    }

    static boolean isScript(String name) {
        return name.startsWith("on") && !name.contains("-");
    }
}
