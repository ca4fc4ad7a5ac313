package dev.restage.files.internal.pdf;

import java.util.Set;
import org.apache.pdfbox.cos.COSName;

/**
 * The entries of a PDF's dictionaries that draw something, say how it is drawn, or make it work. All others go: those that describe
 * who made what and with which program, and those that nobody but their inventor knows.
 *
 * <p>Source: the keys of ISO 32000-2 and of its extensions, by the Arlington PDF Model of the PDF Association, read 2026-11. Left
 * out are information, signatures, web capture, prepress (OPI, CIP4), private data, and names of annotations.
 */
final class PdfEntries {

    private static final Set<String> KEPT = words("""
            3DA 3DB 3DD 3DI 3DU 3DV A A1 A2 A3 A4 AA AAPL:ST AC AccurateScreens AcroForm Action Activation ActualText AF
            AFRelationship AIS Alt Alternate AlternatePresentations Alternates AN Angle Animation Annotation Annots
            AnnotStates AntiAlias AO AP APIVersion ArtBox AS Ascent Aspect Asset Assets AvgWidth B Background
            BackgroundColor Base BaseEncoding BaseFont BaselineShift BaseState BBox BC BE BG BG2 BitsPerComponent
            BitsPerCoordinate BitsPerFlag BitsPerSample Bl BlackIs1 Blackls1 BlackPoint BleedBox BlockAlign BM Border
            BorderColor BorderStyle BorderThickness Bounds BoxColorInfo BS BU C C0 C1 C2W CA ca Cap CapHeight
            CardBackground CardBorder Category CenterWindow CharProcs CharSet Checked checked CheckSum CI CIDSet
            CIDSystemInfo CIDToGIDMap CL ClassMap CMapName CMD CO Collection Color Colorants Colors ColorSpace
            ColorTransform ColSpan ColumnCount ColumnGap Columns ColumnWidths Components Condition Configs Configuration
            Configurations Contents ContinuedFrom ContinuedList Coords Count CP CreationDate CropBox CS CT CV CYX D D1 D2
            DA DamagedRowsBeforeError Data DC DCS Deactivation Decode DecodeParms Default DefaultCMYK DefaultForPrinting
            DefaultGray DefaultRGB DescendantFonts Descent Dest DestOutputProfile Dests
            DeviceColorant Di Differences Direction DIS DisplayDocTitle DL Dm Domain DotGain DP Dp DPart DPartRoot
            DPartRootNode DParts DR DS DSm DSn DU Duplex Dur Duration DV DW DW2 E EA EarlyChange EF EL EmbeddedFiles
            Encode EncodedByteAlign Encoding End EndIndent EndOfBlock EndOfLine Enforce EP EPSG Event Export ExportState
            Extend ExtGState F FB FC FD FDecodeParms Ff FFilter Fields Filter First FirstChar FitWindow FixedPrint FL
            Flags Fo Folders Font FontBBox FontDescriptor FontFamily FontFauxing FontFile FontFile2 FontFile3 FontMatrix
            FontName FontStretch FontWeight FormType FOV Free Frequency FS FT Function Functions FunctionType FWPosition
            FWScale G Gamma GCS GEO GlyphOrientationVertical GPTS Group H HalftoneType HAlign Headers Height Height2
            Hid HideMenubar HideToolbar HideWindowUI HOffset HT HTO HTP I IC Icon ID IDTree IF Image ImageMask IN
            InitialFields InkList InlineAlign Instance Instances Intent Interpolate IRT IsMap IT ItalicAngle IV IX
            JavaScript JBIG2Globals JS K Kids L Lang Language Last LastChar Layout LC LE Leading Length Length1 Length2
            Length3 Level1 LineHeight ListMode ListNumbering LJ LL LLE LLO LoadType Locale Lock Locked LPTS LS LW M MA
            Marked MarkInfo Mask Matrix Matte Max max MaxLen MaxWidth MCID Measure MediaBox MH Min min MissingWidth Mix
            MixingHints MK ML MN ModDate Mode Movie MS MU N N1 N2 NA Name Names Namespaces NavigationPane Navigator
            NeedAppearances NeedsRendering NewWindow Next NodeNameList NonFullScreenPageMode NoteType NP NR NS NU
            NumCopies O OB Obj OC OCGs OCProperties OFF Offset ON OnInstantiate OP op Open OpenAction Operation OPM Opt
            Order Ordering OS Outlines OutputConditionIdentifier OutputIntents OverlayText P PA Padding Page PageElement
            PageLabels PageLayout PageMode Pages PaintType Panose Params Parent ParentTree ParentTreeNextKey
            PassContextClick Path Pattern PatternType PC PCM PCSM PDU Pg Phoneme PhoneticAlphabet PI PickTrayByPDFSize PID
            PL Placement PlayCount PMD PO Popup Position Poster Predictor Preferred Presentation PreserveRB PresSteps Prev
            PrimaryText Print PrintArea PrintClip PrintingOrder PrintPageRange PrintScaling PrintState Process ProcSet
            PronunciationLexicon Properties PS PtData PV PZ Q QuadPoints R Radius Range Rate RBGroups RC RD RecordLevel
            Rect Ref Registry Renditions Repeat Resources RF RI RichMediaContent RichMediaSettings RM RO Role RoleMap
            RoleMapNS Rotate Rows RowSpan RT RubyAlign RubyPosition RV S SA SC Scene Schema Scope Scripts SD SE
            SecondaryText SeparationColorNames SeparationInfo Shading ShadingType Short ShowControls SigFlags Size SM
            SMask SMaskInData Snapshot Solidities Sort Sound SP SpaceAfter SpaceBefore SpectralData Speed Split
            SpotFunction SS ST St Start StartIndent StartResource State StateModel StemH StemV Stm StmOwn Strings
            StructParent StructParents StructTreeRoot Style Subtype Subtype2 Summary Supplement Suspects SW SWF Sy
            Synchronous T TA Tabs TB TBorderStyle TemplateInstantiated Templates TextAlign TextDecorationColor
            TextDecorationThickness TextDecorationType TextIndent TextPosition TF Threads TI TilingType Time Title TK TM
            Toolbar ToUnicode TP TPadding TR TR2 Trans TransferFunction Transparent TrapRegions TrimBox TRL TS TSm TSn TT
            TU TX TY Type TZ U U3DPath UC UCR UCR2 UF URI Usage UseBlackPtComp UseCMap UserProperties UserUnit USm USn UT
            UU V VA VAlign VE Version Vertices VerticesPerRow View ViewArea ViewClip ViewerPreferences Views ViewState
            VOffset Volume VP W W2 WC WhitePoint Width Width2 Widths Window WKT WMode WP WritingMode WS X XFA XFAResources
            XHeight XN XObject XPTS Xsquare XStep XUID Y Ysquare YStep Z Zoom
            """);

    /** Those that may hold a text. In any other a text means nothing. */
    private static final Set<String> TEXTS = words("""
            3DV A AC ActualText Alt APIVersion Base BU C CA Category Contents ContinuedFrom CreationDate CT D DA Data
            Dest DeviceColorant DS DU Duration DV E F FontFamily FS Icon ID IN JS Lang Locale M ModDate N N2 Name NS
            Ordering OutputConditionIdentifier OverlayText P Page Panose Phoneme PS R RC RD Registry RT RV Schema Short SS
            Start StartResource State StateModel Summary SWF T TF Title TM TRL TU U U3DPath UF URI UT UU V Version WKT XN
            """);

    /** What a marked part of a page may say: where it belongs, and how it is read aloud. Source: ISO 32000-2, 14.6 to 14.9. */
    private static final Set<String> MARKED = words("ActualText Alt Attached BBox E Lang MCID Subtype Type");

    /** How a picture within a drawing is stored. Source: ISO 32000-2, table 91. */
    private static final Set<String> INLINE = words("""
            BitsPerComponent BPC ColorSpace CS D Decode DecodeParms DP F Filter H Height I IM ImageMask Intent Interpolate
            L Length W Width
            """);

    private PdfEntries() {}

    static boolean keeps(COSName key) {
        return keepsAnywhere(key.getName());
    }

    static boolean keepsAnywhere(String key) {
        return KEPT.contains(key);
    }

    static boolean mayBeText(COSName key) {
        return TEXTS.contains(key.getName());
    }

    static boolean keepsOfMarked(String key) {
        return MARKED.contains(key);
    }

    static boolean keepsOfInline(String key) {
        return INLINE.contains(key);
    }

    private static Set<String> words(String words) {
        return Set.of(words.strip().split("\\s+"));
    }
}
